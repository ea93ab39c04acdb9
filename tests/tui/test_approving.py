"""Which refusals a manager may approve on the cashier's screen; the same work is done then."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from models.base.refusals import Refusal
from models.ledger.folios import CreditLimitExceeded
from models.stock.stock import OutOfStock
from models.trust import sign_in
from models.trust.operation import NeedsOverride, SignedOut
from receipts.words import Language
from tui.desk import words
from tui.desk.app import DeskbellApp
from tui.desk.counter_app import CounterApp
from tui.desk.gate.numbers import Scanned
from tui.people.approver import ApproverReason, question, why_asked


class _Desk(DeskbellApp):
    """An app whose operation refuses once, and whose manager says yes."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal, self.calls = refusal, list[dict[str, Any]]()

    async def in_books(self, function: Any, *args: Any, **fields: Any) -> Any:
        self.calls.append(fields)
        if "override" not in fields:
            raise self.refusal
        return "done"

    async def ask_override(self, missing: Refusal, uid: Any) -> Any:
        return f"yes to {missing.code}"


@pytest.mark.parametrize("refusal", [NeedsOverride(), OutOfStock(), CreditLimitExceeded()])
async def test_what_may_be_approved_is_done_with_the_same_uid(refusal: Refusal) -> None:
    desk = _Desk(refusal)
    assert str(await desk.operate(len)) == "done"
    first, second = desk.calls
    assert second == {**first, "override": f"yes to {refusal.code}"}


async def test_other_refusals_come_out_at_once() -> None:
    desk = _Desk(SignedOut())
    with pytest.raises(SignedOut):
        await desk.operate(len)
    assert len(desk.calls) == 1


class _Asked:
    """As much of the counter as an approval asks of it: somebody who answers in turn."""

    register, facts = 1, None

    def __init__(self, *answers: str | None) -> None:
        self.answers, self.asked = list(answers), list[str]()
        self.shown = list[str]()

    async def ask(self, panel: Any) -> Any:
        self.asked.append(panel.title_now())
        self.shown.append(panel._line.value)
        return self.answers.pop(0)

    async def in_books(self, work: Any, *args: Any, **fields: Any) -> Any:
        if work is sign_in.admit_approver and args == ("wrong",):
            raise sign_in.OverrideFailed()
        return (*args, fields)

    async def off_thread(self, work: Any, *args: Any) -> Any:
        return args[-1]

    def tell(self, refusal: Refusal) -> None:
        self.asked.append(refusal.code)


async def test_f12_goes_one_question_back() -> None:
    """From the reason to the PIN, from the PIN to who, and from there out of it."""
    desk: Any = _Asked("1", "111111", None, None, "2", "222222", "老顾客")
    checked, fields = await CounterApp.ask_override(desk, NeedsOverride(right="sell"), "uid")
    assert (checked, fields) == ("222222", {"reason": "老顾客", "uid": "uid"})
    who, pin, why = (0, 1, 2)
    assert [desk.asked.index(title) for title in desk.asked[:5]] == [who, pin, why, pin, who]
    left: Any = _Asked("1", None, None)
    assert await CounterApp.ask_override(left, NeedsOverride(right="sell"), "uid") is None


async def test_a_wrong_pin_is_told_before_the_reason_and_the_number_stays() -> None:
    desk: Any = _Asked("1", "wrong", "111111", "老顾客")
    checked, fields = await CounterApp.ask_override(desk, NeedsOverride(right="sell"), "uid")
    assert (checked, fields["reason"]) == ("111111", "老顾客")
    assert desk.asked[2] == "OverrideFailed" and desk.asked[3] == desk.asked[1]


@pytest.mark.parametrize(
    ("lang", "refusal", "said"),
    [
        ("zh", NeedsOverride(right="give refund", amount=12_345), "王小明：退款 123.45"),
        ("en", NeedsOverride(right="give refund", amount=12_345), "王小明: give refund, 123.45"),
        ("en", NeedsOverride(right="give discount", amount=12_500), "give discount, 12.5%"),
        ("en", NeedsOverride(right="void charge", amount=None), "王小明: void charge\n"),
        ("zh", OutOfStock(goods="可乐", stock="1"), "王小明\n"),
    ],
)
def test_an_approval_says_for_whom_what_and_how_much(
    lang: Language, refusal: Refusal, said: str
) -> None:
    """Above why it was refused; a refusal that names goods or a limit says the amounts itself."""
    before = words.language()
    try:
        words.speak(lang)
        told = why_asked(refusal, "王小明")
        assert said in told and told.endswith(words.refusal_told(refusal))
    finally:
        words.speak(before)


def test_the_question_for_the_pin_says_that_the_password_works_too() -> None:
    asked = question("", ["1"])
    assert asked is not None
    (_, hint) = asked.content()
    assert "password" in str(words.again(hint._text)) or "密码" in str(words.again(hint._text))


class _Line:
    """What was typed as the reason."""

    def __init__(self, value: str) -> None:
        self.value = value

    def stop(self) -> None:
        """Nobody else hears it."""

    prevent_default = stop


def test_a_reason_without_words_is_told_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    told, answered = list[str](), list[Any]()
    desk = SimpleNamespace(tell=lambda refusal: told.append(refusal.code))
    monkeypatch.setattr(ApproverReason, "desk", desk)
    panel: Any = question("", ["1", "111111"], "买水")
    assert panel._line.value == "买水"
    monkeypatch.setattr(panel, "answer", answered.append)
    for typed in ("", "12", "老顾客"):
        panel.on_edit_line_submitted(_Line(typed))
    assert (told, answered) == (["ReasonNeeded", "ReasonNeeded"], ["老顾客"])
    # What was scanned is no reason, and does not stand before the one that is typed then.
    panel.on_edit_line_submitted(_Line(Scanned.of("12345", "12345")))
    assert (told[-1], panel._line.value, answered) == ("NumberScanned", "", ["老顾客"])


async def test_what_a_move_of_cash_is_for_is_proposed_and_a_wrong_number_is_gone() -> None:
    desk: Any = _Asked("7", None, "1", "111111", "买水")
    missing = NeedsOverride(right="move cash", amount=1_850)
    missing.asked = ("pay_out", {"amount": "18.50", "reason": "买水"})
    await CounterApp.ask_override(desk, missing, "uid")
    assert desk.shown == ["", "", "", "", "买水"]
