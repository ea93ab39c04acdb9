"""The fields of forms: one line each, checked as it is left, in words.

    TextField(limit=40)   NumberField(low=0)   QuantityField()   AmountField(cny)   RateField()
    DateField(today)      ChoiceField([("zh", word("Chinese")), ("en", word("English"))])   YesNo()

`field.read()` gives the value (None when empty) or raises FieldWrong with a message id. A form
moves on with `EditLine.Submitted` (Enter) and shows `Field.Left.wrong` when a field was left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from textual import events
from textual.message import Message

from models.base.money import Currency, Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from receipts.words import word
from tui.safe import clean
from tui.widgets.edit import EditLine, Mark
from tui.widgets.rows import Piece
from tui.words import t


class FieldWrong(ValueError):
    """What is typed is no value of this field; says so in words."""

    def __init__(self, msgid: str, **fields: Any) -> None:
        super().__init__(msgid)
        self.msgid, self.fields = msgid, fields

    def __str__(self) -> str:
        return t(self.msgid, **self.fields)


class Field(EditLine):
    """The base of the fields. `unit` is a message id behind the text, `example` data."""

    class Left(Message):
        """The field was left; `wrong` says what is wrong with it, or is empty."""

        def __init__(self, field: Field, wrong: str) -> None:
            super().__init__()
            self.field, self.wrong = field, wrong

    typed: ClassVar[re.Pattern[str] | None] = None

    def __init__(
        self,
        value: str = "",
        *,
        unit: str = "",
        example: str = "",
        is_needed: bool = False,
        limit: int = 80,
        id: str | None = None,
    ) -> None:
        super().__init__(value, limit=limit, id=id)
        self._unit, self._example = unit, clean(example)
        self.is_needed = is_needed

    def read(self) -> Any:
        """The value; None when nothing is typed."""
        text = self.value.strip()
        if not text:
            if self.is_needed:
                raise FieldWrong("This field is needed.")
            return None
        return self.parsed(text)

    def parsed(self, text: str) -> Any:
        """The value of a text that is not empty."""
        return text

    def show(self, value: Any) -> None:
        """Put a value in; the first key replaces it."""
        self.set_value("" if value is None else str(value), is_fresh=value is not None)

    def accepts(self, text: str) -> bool:
        return super().accepts(text) and (self.typed is None or bool(self.typed.fullmatch(text)))

    def after_pieces(self) -> list[Piece]:
        unit = f" {t(self._unit)}" if self._unit else ""
        example = f" {t('e.g. {example}', example=self._example)}" if self._shows_example else ""
        return [(unit + example, "muted")]

    @property
    def _shows_example(self) -> bool:
        return bool(self._example) and not self.value

    def on_blur(self, event: events.Blur) -> None:
        try:
            self.show_settled(self.read())
        except FieldWrong as wrong:
            self.post_message(self.Left(self, str(wrong)))
        else:
            self.post_message(self.Left(self, ""))

    def show_settled(self, value: Any) -> None:
        """Show the value in its full form once the field is left."""


class TextField(Field):
    """Any text."""

    @property
    def takes_signs(self) -> bool:
        return False


class Figures(Field):
    """Fields of digits: the input method's signs are always meant as the plain ones."""

    typed = re.compile(r"-?[0-9]*\.?[0-9]*")
    wrong: ClassVar[str] = word("Not a number: {text}")

    @property
    def takes_signs(self) -> bool:
        return True

    def parsed(self, text: str) -> Any:
        try:
            return self.number(text)
        except FieldWrong:
            raise
        except (ValueError, ArithmeticError):
            raise FieldWrong(self.wrong, text=text) from None

    def number(self, text: str) -> Any:
        return Decimal(text)


class NumberField(Figures):
    """A whole number, perhaps between bounds."""

    typed = re.compile(r"-?[0-9]*")

    def __init__(
        self, value: str = "", *, low: int | None = None, high: int | None = None, **options: Any
    ) -> None:
        super().__init__(value, **options)
        self._low, self._high = low, high

    def number(self, text: str) -> int:
        number = int(text)
        if self._low is not None and number < self._low:
            raise FieldWrong("At least {low}.", low=self._low)
        if self._high is not None and number > self._high:
            raise FieldWrong("At most {high}.", high=self._high)
        return number


class QuantityField(Figures):
    """A quantity, to three decimals."""

    def number(self, text: str) -> Quantity:
        return Quantity.parse(text)


class AmountField(Figures):
    """An amount of money in the store's currency."""

    wrong = word("Not an amount: {text}")

    def __init__(self, currency: Currency, value: str = "", **options: Any) -> None:
        super().__init__(value, **options)
        self._currency = currency

    def number(self, text: str) -> Money:
        return Money.parse(text, self._currency)

    def show_settled(self, value: Any) -> None:
        if value is not None:
            self.set_value(str(value), is_fresh=True)


class RateField(Figures):
    """A per cent figure; reads as a Rate."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, **{"unit": "%", **options})

    def number(self, text: str) -> Rate:
        return Rate.percent(text)


class DateField(Field):
    """A day: 2026-11-22, 20261122, 1122 (this year), 22 (this month), +3 or -3 days from today."""

    typed = re.compile(r"[-+0-9./]*")
    full = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})")
    short = re.compile(r"(\d{1,2})[-./]?(\d{2})|(\d{1,2})[-./](\d{1,2})")

    def __init__(self, today: date, value: str = "", **options: Any) -> None:
        """`today` is the business day."""
        super().__init__(value, **options)
        self._today = today

    def parsed(self, text: str) -> date:
        try:
            return self._day(text)
        except (ValueError, OverflowError):
            raise FieldWrong("Not a day: {text}", text=text) from None

    def _day(self, text: str) -> date:
        if text[0] in "+-":
            return self._today + timedelta(days=int(text))
        if whole := self.full.fullmatch(text):
            return date(*map(int, whole.groups()))
        if part := self.short.fullmatch(text):
            month, day = (int(group) for group in part.groups() if group)
            return date(self._today.year, month, day)
        return self._today.replace(day=int(text))

    def show_settled(self, value: Any) -> None:
        if value is not None:
            self.set_value(value.isoformat(), is_fresh=True)


class ChoiceField(Field):
    """One of a few: blank or the arrows go through them, a number or a first letter picks one."""

    def __init__(
        self, choices: Sequence[tuple[Any, str]], chosen: Any = None, *, id: str | None = None
    ) -> None:
        """`choices` are (value, message id)."""
        super().__init__(id=id)
        self._choices = list(choices)
        self._index = 0
        self._is_fresh = True
        self.choose(chosen)

    def choose(self, value: Any) -> None:
        """Show a value of the choices; another one shows the first."""
        values = [choice[0] for choice in self._choices]
        self._pick(values.index(value) if value in values else 0)

    def read(self) -> Any:
        return self._choices[self._index][0]

    @property
    def is_blank(self) -> bool:
        return False

    def mark(self) -> Mark:
        return Mark(str(self._index), 0, is_fresh=False)

    def restore(self, mark: Mark) -> None:
        self._pick(int(mark.value or 0))

    def on_edit_key(self, event: events.Key) -> bool:
        if event.key in ("right", "space", "left"):
            self._pick(self._index + (-1 if event.key == "left" else 1))
            return True
        if event.key == "enter":
            self.post_message(self.Submitted(self))
            return True
        if event.character and event.is_printable:
            return self._pick_by(event.character.casefold())
        return False

    def _pick_by(self, character: str) -> bool:
        for index, (_, msgid) in enumerate(self._choices):
            if character == str(index + 1) or t(msgid).casefold().startswith(character):
                self._pick(index)
                return True
        self.app.bell()
        return True

    def _pick(self, index: int) -> None:
        self._index = index % len(self._choices)
        self.refresh()
        if self.is_attached:
            self.post_message(self.Changed(self))

    @property
    def _shown(self) -> str:
        return t(self._choices[self._index][1])

    def insert(self, text: str) -> None:
        """Nothing is typed into a choice."""


class YesNo(ChoiceField):
    """Yes or no; reads as a bool."""

    def __init__(self, value: bool = False, *, id: str | None = None) -> None:
        super().__init__([(True, word("Yes")), (False, word("No"))], value, id=id)
