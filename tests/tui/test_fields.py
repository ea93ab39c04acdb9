"""The fields of forms: what they take, what they read, and what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from tests.tui.test_line_list import OneList
from tui.app import DeskbellApp
from tui.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    Field,
    FieldWrong,
    NumberField,
    QuantityField,
    RateField,
    TextField,
    YesNo,
)
from tui.words import speak

CNY = currency("CNY")
TODAY = date(2026, 11, 22)


class App(DeskbellApp):
    def __init__(self, *fields: Field) -> None:
        super().__init__(lang="en")
        self.fields = fields
        self.left: list[str] = []

    async def on_mount(self) -> None:
        screen = OneList(self.fields[0])  # type: ignore[arg-type]
        screen.body = lambda: iter(self.fields)  # type: ignore[method-assign]
        await self.push_screen(screen)

    def on_field_left(self, event: Field.Left) -> None:
        self.left.append(event.wrong)


async def typed(field: Field, text: str) -> Any:
    """Type into a field and leave it; its value, or the words that it says."""
    other = TextField()
    app = App(field, other)
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.pause()
        for character in text:
            app.post_message(events.Key(_character_to_key(character), character))
            await pilot.pause(0.2 if character == "]" else 0.05)
        other.focus()
        await pilot.pause()
        return app.left[0] or field.read()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TextField(), "王伟 [/x]", "王伟 [/x]"),
        (TextField(is_needed=True), "", "This field is needed."),
        (TextField(), "", None),
        (NumberField(), "12a3", 123),
        (NumberField(low=1), "0", "At least 1."),
        (NumberField(high=9), "10", "At most 9."),
        (NumberField(), "-", "Not a number: -"),
        (QuantityField(), "1.284", Quantity(1284)),
        (QuantityField(), "1。5", Quantity(1500)),
        (QuantityField(), "１２", Quantity.of(12)),
        (AmountField(CNY), "12.5", Money(1250, CNY)),
        (AmountField(CNY), "12.505", "Not an amount: 12.505"),
        (RateField(), "13", Rate.percent("13")),
        (DateField(TODAY), "20261201", date(2026, 12, 1)),
        (DateField(TODAY), "1201", date(2026, 12, 1)),
        (DateField(TODAY), "12-1", date(2026, 12, 1)),
        (DateField(TODAY), "5", date(2026, 11, 5)),
        (DateField(TODAY), "+10", date(2026, 12, 2)),
        (DateField(TODAY), "-22", date(2026, 10, 31)),
        (DateField(TODAY), "20261301", "Not a day: 20261301"),
        (DateField(TODAY), "0230", "Not a day: 0230"),
        (YesNo(), "y", True),
        (YesNo(True), "2", False),
        (ChoiceField([("a", "Apple"), ("b", "Pear")]), "p", "b"),
    ],
)
async def test_what_is_typed_is_read(field: Field, text: str, value: Any) -> None:
    assert await typed(field, text) == value


async def test_a_left_field_shows_its_full_form_and_the_next_key_replaces_it() -> None:
    field = AmountField(CNY)
    app = App(field, TextField())
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.press("1", "2")
        app.fields[1].focus()
        await pilot.pause()
        assert field.value == "12.00"
        field.focus()
        await pilot.pause()
        await pilot.press("7")
        await pilot.pause(0.05)
        assert field.value == "7"


async def test_a_name_is_not_changed_by_the_rules_for_figures() -> None:
    assert await typed(TextField(), "张。李／王") == "张。李／王"


async def test_a_long_text_rolls_and_keeps_its_caret_in_sight() -> None:
    field = TextField(limit=200)
    app = App(field)
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.pause()
        field.insert("农夫山泉天然水" * 20)
        row = field.render_line(0)
        assert row.cell_length == 80
        assert "水" in row.text
        await pilot.press("home")
        await pilot.pause(0.05)
        assert field.render_line(0).text.startswith("农夫山泉")


def test_what_a_field_says_is_in_the_language_of_now() -> None:
    speak("zh")
    try:
        assert str(FieldWrong("At least {low}.", low=3)) == "至少 3。"
    finally:
        speak("en")


async def test_editing_keys() -> None:
    field = TextField()
    app = App(field)
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.press("a", "b", "c", "left", "left", "x", "delete", "end", "backspace")
        await pilot.pause(0.05)
        assert field.value == "ax"
        mark = field.mark()
        field.insert("more")
        field.restore(mark)
        assert field.value == "ax"
