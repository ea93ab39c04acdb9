"""The one taking of payments, through a document of nothing else: in both directions, every kind,
every refusal, and what always holds of the sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.card_numbers import CardNumberRefused
from models.base.cost import UnitCost
from models.base.hot import query
from models.base.money import Money
from models.ledger import folio_kinds, folios
from models.ledger.accounts import (
    CASH_ROUNDING,
    DRAWER,
    ROOM_SALES,
    VOUCHER_CLEARING,
)
from models.ledger.daily import drawer, shifts
from models.ledger.daily.drawer import DrawerTooLow
from models.ledger.daily.shifts import NoOpenShift
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taking import (
    CodeNeeded,
    CoinWrong,
    NotPaid,
    OtherCard,
    OverPaid,
    PaymentWrong,
    ReferenceNeeded,
    RefundTooMuch,
    require_takeable,
    take_payments,
    ways_back,
)
from models.ledger.proving import proof
from models.ledger.trade import RECEIPT
from models.ledger.ways import tender_kinds, tenders
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import (
    CODE,
    AccountNeeded,
    Paying,
    Take,
    TenderKind,
)
from models.ledger.ways.tenders import Payment, Tender
from models.selling.charges import ROOM, Charge, add_charges
from models.trust import trades_used
from models.trust.operation import DuplicateUid, Job, NeedsOverride, new_uid, operation
from models.trust.settings import change_settings
from models.trust.trades import TRADES, Trade
from tests.models.worked import entries
from tests.stores import ALIPAY, CARD, CASH, CNY, ON_ACCOUNT, WECHAT, Shop, yuan

pytestmark = pytest.mark.row("TIL-01")


@operation(right="take payment")
def settle_room(
    job: Job, due: Money, payings: Sequence[Paying], *, refunds: int | None = None
) -> Document:
    """What a trade writes to be paid for something: these lines."""
    taking = take_payments(job, due, payings, refunds=refunds)

    document = begin_document(
        job, RECEIPT, total=taking.total, shift=taking.shift, reverses=refunds
    )
    night = Charge(kind=ROOM, name="301", day=job.day, net=due, account=ROOM_SALES)
    return post_document(
        job, document, [*taking.store(job, document), *add_charges(document, [night])]
    )


def pay(shop: Shop, due: str, *payings: Paying, **more: Any) -> Document:
    more.setdefault("uid", new_uid())
    return settle_room(more.pop("by", shop.owner), yuan(due), payings, **more)


def payments(document: Document) -> list[tuple[str, str, str]]:
    rows = Payment.select().where(Payment.document == document.key).order_by(Payment.line)
    return [(str(row.given), str(row.change), str(row.amount)) for row in rows]


# --- what a screen asks first


def _take(tender: int, given: str) -> Take:
    return Take(Paying(tender, yuan(given)), tenders.tender_of(tender))


def test_a_payment_is_refused_before_anything_is_asked_about_it(shop: Shop) -> None:
    """The rule is that of the end; amounts have no sign, as people say them, also of money out."""
    rule, card = cash_rule(), _take(CARD, "30")
    settled = require_takeable(yuan("100"), [card], _take(CASH, "100"), rule)
    assert (settled.is_settled, str(settled.change)) == (True, "30.00")
    assert not require_takeable(yuan("100"), [card], _take(WECHAT, "20"), rule).is_settled
    # What rounds to nothing in cash is paid by nothing.
    assert require_takeable(yuan("0.03"), [], _take(CASH, "0"), rule).is_settled
    for due, one, said in (
        ("100", _take(WECHAT, "70.01"), OverPaid(due=yuan("70"))),
        ("-100", _take(WECHAT, "-130.01"), OverPaid(due=yuan("130"))),
        ("100", _take(CASH, "-1"), NotPaid(due=yuan("100"), short=yuan("70"))),
        ("100", _take(CASH, "0"), NotPaid(due=yuan("100"), short=yuan("70"))),
        ("-100", _take(CASH, "1"), NotPaid(due=yuan("100"), short=yuan("130"))),
    ):
        with pytest.raises(type(said)) as refused:
            require_takeable(yuan(due), [card], one, rule)
        assert refused.value.fields == said.fields


# --- money in


def test_cash_a_card_and_a_wallet_for_one_thing(open_shop: Shop) -> None:
    paid = pay(
        open_shop,
        "100.03",
        Paying(CARD, yuan("30"), reference="A77", last_four="4242"),
        Paying(WECHAT, yuan("20.02")),
        Paying(CASH, yuan("100")),
    )
    assert payments(paid) == [
        ("30.00", "0.00", "30.00"), ("20.02", "0.00", "20.02"), ("100.00", "50.00", "50.00"),
    ]  # fmt: skip
    assert entries(paid) == {
        1012: "30.00", 1013: "20.02", 1001: "50.00", ROOM_SALES: "-100.03", CASH_ROUNDING: "0.01",
    }  # fmt: skip
    assert str(paid.total) == "100.02"
    assert not proof.verify()


def test_without_a_shift_only_cash_is_refused(shop: Shop) -> None:
    with pytest.raises(NoOpenShift):
        pay(shop, "5", Paying(CASH, yuan("5")))
    assert pay(shop, "5", Paying(WECHAT, yuan("5"))).shift is None
    assert not query('SELECT 1 FROM "shift"')


def test_any_money_stands_on_the_slip_of_the_open_shift(open_shop: Shop) -> None:
    shift = shifts.current_shift(1)
    assert shift is not None
    assert pay(open_shop, "5", Paying(WECHAT, yuan("5"))).shift == shift.key


@pytest.mark.parametrize(
    ("step", "due", "cash", "total"),
    [
        (0, "10.03", "10.00", "10.00"),
        (0, "0.04", "0", "0.00"),
        (0, "0.05", "0.10", "0.10"),
        (1, "10.03", "10.03", "10.03"),
        (100, "10.49", "10", "10.00"),
        (100, "10.50", "11", "11.00"),
    ],
)
def test_cash_is_rounded_to_what_can_be_paid(
    open_shop: Shop, step: int, due: str, cash: str, total: str
) -> None:
    """The smallest coin of a Chinese store is one jiao unless its settings say otherwise."""
    if step:
        change_settings(open_shop.owner, {"cash.step": step}, uid=new_uid())
    paid = pay(open_shop, due, Paying(CASH, yuan(cash)))
    assert str(paid.total) == total
    assert not proof.verify()


def test_fen_of_a_wallet_are_not_rounded(open_shop: Shop) -> None:
    assert entries(pay(open_shop, "10.03", Paying(ALIPAY, yuan("10.03")))) == {
        1014: "10.03", ROOM_SALES: "-10.03",
    }  # fmt: skip


def _folio(shop: Shop, limit: str = "100") -> folios.Folio:
    return folios.open_folio(
        shop.owner, kind=folio_kinds.COMPANY, name="客户", limit=yuan(limit), uid=new_uid()
    )


def test_what_is_refused(open_shop: Shop) -> None:
    supplier = folios.open_folio(
        open_shop.owner, kind=folio_kinds.SUPPLIER, name="批发", limit=yuan("0"), uid=new_uid()
    )
    ten = yuan("10")
    refused: list[tuple[list[Paying], type[Exception]]] = [
        ([], NotPaid),
        ([Paying(CASH, yuan("9.90"))], NotPaid),
        ([Paying(CASH, yuan("10.03"))], CoinWrong),
        ([Paying(77, ten)], tenders.TenderUnknown),
        ([Paying(WECHAT, yuan("10.01"))], OverPaid),
        ([Paying(CASH, yuan("-2")), Paying(WECHAT, yuan("11"))], OverPaid),
        ([Paying(CARD, yuan("-1"), reference="x"), Paying(WECHAT, yuan("11"))], OverPaid),
        ([Paying(CASH, yuan("1")), Paying(WECHAT, yuan("11"))], OverPaid),
        ([Paying(WECHAT, yuan("0")), Paying(CASH, ten)], PaymentWrong),
        ([Paying(CARD, ten)], ReferenceNeeded),
        ([Paying(CARD, ten, reference="  ")], ReferenceNeeded),
        ([Paying(CARD, ten, reference="4111/1111/1111/1111")], CardNumberRefused),
        ([Paying(CARD, ten, reference="411111111111", last_four="1111")], CardNumberRefused),
        ([Paying(CARD, ten, reference="x", last_four="12345")], CardNumberRefused),
        ([Paying(ON_ACCOUNT, ten)], AccountNeeded),
        ([Paying(ON_ACCOUNT, ten, folio=supplier.key)], AccountNeeded),
        ([Paying(ON_ACCOUNT, ten, folio=4711)], folios.FolioNotOpen),
    ]
    before = query('SELECT count(*) FROM "audit"')
    for payings, refusal in refused:
        with pytest.raises(refusal):
            pay(open_shop, "10", *payings)
    assert query('SELECT count(*) FROM "audit"') == before
    assert not Payment.select().count()


def test_charges_to_one_account_count_together(open_shop: Shop) -> None:
    folio = _folio(open_shop, "15")
    parts = [Paying(ON_ACCOUNT, yuan("8"), folio=folio.key)] * 2
    with pytest.raises(folios.CreditLimitExceeded):
        pay(open_shop, "16", *parts, by=open_shop.cashier)
    paid = pay(open_shop, "16", *parts)
    assert [row.folio for row in Payment.select().where(Payment.document == paid.key)] == [
        folio.key, folio.key,
    ]  # fmt: skip
    assert not proof.verify()


def test_a_second_try_changes_nothing(open_shop: Shop) -> None:
    uid, paying = new_uid(), Paying(CASH, yuan("5"))
    first = pay(open_shop, "5", paying, uid=uid)
    assert pay(open_shop, "5", paying, uid=uid).key == first.key
    with pytest.raises(DuplicateUid):
        pay(open_shop, "5", Paying(CASH, yuan("6")), uid=uid)
    assert Payment.select().count() == 1


# --- money out


def test_paying_out_needs_its_right_and_what_lies_in_the_drawer(open_shop: Shop) -> None:
    out = Paying(CASH, yuan("-500"))
    with pytest.raises(NeedsOverride):
        pay(open_shop, "-500", out, by=open_shop.cashier)
    paid = pay(open_shop, "-500", out, by=open_shop.manager)
    assert entries(paid) == {DRAWER: "-500.00", ROOM_SALES: "500.00"}
    with pytest.raises(DrawerTooLow):
        pay(open_shop, "-0.10", Paying(CASH, yuan("-0.10")))
    assert not proof.verify()


def test_the_right_to_pay_out_has_a_limit(open_shop: Shop) -> None:
    open_shop.give(open_shop.owner, "收银员", pay_out=20_000)
    pay(open_shop, "-200", Paying(CASH, yuan("-200")), by=open_shop.cashier)
    with pytest.raises(NeedsOverride):
        pay(open_shop, "-200.10", Paying(CASH, yuan("-200.10")), by=open_shop.cashier)
    uid = new_uid()
    pay(
        open_shop, "-200.10", Paying(CASH, yuan("-200.10")), by=open_shop.cashier, uid=uid,
        override=open_shop.override(uid),
    )  # fmt: skip


def test_money_out_is_exact(open_shop: Shop) -> None:
    for payings in (
        [Paying(CASH, yuan("-6"))],
        [Paying(CASH, yuan("5"))],
        [Paying(CASH, yuan("-6")), Paying(WECHAT, yuan("1"))],
    ):
        with pytest.raises((OverPaid, NotPaid)):
            pay(open_shop, "-5", *payings)


def test_money_goes_back_the_way_it_came(open_shop: Shop) -> None:
    folio = _folio(open_shop)
    paid = pay(
        open_shop,
        "60",
        Paying(CARD, yuan("30"), reference="A77", last_four="4242"),
        Paying(ON_ACCOUNT, yuan("20"), folio=folio.key),
        Paying(CASH, yuan("10")),
    )
    for wrong in (
        Paying(WECHAT, yuan("-10")),
        Paying(CASH, yuan("-10.10")),
        Paying(ON_ACCOUNT, yuan("-10"), folio=_folio(open_shop).key),
    ):
        with pytest.raises(RefundTooMuch):
            pay(open_shop, str(wrong.given), wrong, refunds=paid.key)
    with pytest.raises(NeedsOverride):
        pay(open_shop, "-10", Paying(CASH, yuan("-10")), refunds=paid.key, by=open_shop.cashier)

    for other in ("4243", ""):
        with pytest.raises(OtherCard):
            wrong = Paying(CARD, yuan("-25"), reference="R1", last_four=other)
            pay(open_shop, "-25", wrong, refunds=paid.key)
    back = Paying(CARD, yuan("-25"), reference="R1", last_four="4242")
    pay(open_shop, "-25", back, refunds=paid.key)
    assert [(way.tender, str(way.left)) for way in ways_back(paid.key)] == [
        (CARD, "5.00"), (ON_ACCOUNT, "20.00"), (CASH, "10.00"),
    ]  # fmt: skip
    with pytest.raises(RefundTooMuch):
        more = Paying(CARD, yuan("-5.01"), reference="R2", last_four="4242")
        pay(open_shop, "-5.01", more, refunds=paid.key)
    last = Paying(CARD, yuan("-5"), reference="R2", last_four="4242")
    credit = Paying(ON_ACCOUNT, yuan("-20"), folio=folio.key)
    pay(open_shop, "-25", last, credit, refunds=paid.key)
    assert folios.Folio.get_by_id(folio.key).balance == yuan("0")
    assert not proof.verify()


def test_a_card_whose_digits_nobody_typed_gets_its_money_back_beside_another(
    open_shop: Shop,
) -> None:
    known = Paying(CARD, yuan("30"), reference="A77", last_four="4242")
    paid = pay(open_shop, "50", known, Paying(CARD, yuan("20"), reference="A78"))
    for four, amount in (("", "-10"), ("9999", "-10"), ("4242", "-20")):
        back = Paying(CARD, yuan(amount), reference=f"R{four}", last_four=four)
        pay(open_shop, amount, back, refunds=paid.key)
    assert [str(way.left) for way in ways_back(paid.key)] == ["10.00"]


# --- a kind of somebody else


# A trade that knows a kind of tender of its own.
KINDS: list[TenderKind] = []
COUPONS = Trade("coupons", is_always=True, tenders=(f"{__name__}:KINDS",))


@pytest.fixture
def coupons(open_shop: Shop) -> Iterator[tuple[Shop, int, list[str]]]:
    """A kind as a trade would declare it: it asks for a code, looks it up, and spends it."""
    unspent = ["TEN", "SAVE"]

    def check(job: Job, takes: Sequence[Take]) -> None:
        for take in takes:
            if take.paying.code not in unspent:
                raise tenders.TenderUnknown(tender=take.paying.code)

    def legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
        unspent.remove(take.paying.code)
        return [Leg(take.tender.account_id, amount)]

    KINDS[:] = [
        TenderKind("coupon", "Coupon", VOUCHER_CLEARING, needs=(CODE,), check=check, legs=legs)
    ]
    trades_used.add(COUPONS)
    made = tenders.save_tender(
        open_shop.owner, None, version=0, number=None, name_zh="优惠券", name_en="Coupon",
        kind="coupon", uid=new_uid(),
    )  # fmt: skip
    yield open_shop, made.number, unspent
    trades_used.remove(COUPONS)


def test_a_trade_declares_its_own_kind(coupons: tuple[Shop, int, list[str]]) -> None:
    shop, number, unspent = coupons
    with pytest.raises(CodeNeeded):
        pay(shop, "10", Paying(number, yuan("10")))
    with pytest.raises(tenders.TenderUnknown):
        pay(shop, "10", Paying(number, yuan("10"), code="NONE"))
    paid = pay(shop, "10", Paying(number, yuan("10"), code="TEN"))
    assert unspent == ["SAVE"]
    assert Payment.get(Payment.document == paid.key).code == "TEN"
    assert [(way.code, str(way.left)) for way in ways_back(paid.key)] == [("TEN", "10.00")]
    assert not proof.verify()


def test_ways_to_pay_of_a_kind_that_is_gone_are_not_offered(
    coupons: tuple[Shop, int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, number, _ = coupons
    assert number in [row.number for row in tenders.active_tenders()]
    monkeypatch.setattr(trades_used, "used", lambda: (TRADES["money"],))
    assert number not in [row.number for row in tenders.active_tenders()]


def test_every_shipped_kind_says_where_it_is_kept(shop: Shop) -> None:
    for kind in tender_kinds.kinds_in_use():
        name = kind.name
        more: Any = {"foreign": "USD", "rate": UnitCost.of(yuan("7"))} if kind.is_foreign else {}
        made = tenders.save_tender(
            shop.owner, None, version=0, number=None, name_zh=name, name_en="", kind=name,
            uid=new_uid(), **more,
        )  # fmt: skip
        assert Tender.get_by_id(made.key).account_id == kind.account


# --- what always holds


_WAYS = st.tuples(st.sampled_from([CASH, CARD, WECHAT, ALIPAY]), st.integers(-200, 30_000))


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    due=st.integers(-20_000, 30_000),
    ways=st.lists(_WAYS, max_size=4),
    step=st.sampled_from([0, 1, 5, 100]),
    is_rest_paid=st.booleans(),
)
def test_due_and_rounding_are_tenders_less_change(
    open_shop: Shop, due: int, ways: list[tuple[int, int]], step: int, is_rest_paid: bool
) -> None:
    """Random payments: whatever is taken comes to what is due, and whatever is refused leaves
    nothing.
    """
    change_settings(open_shop.owner, {"cash.step": step}, uid=new_uid())
    coin = cash_rule().step.minor
    sign = -1 if due < 0 else 1
    given_in = [(t, sign * (a // coin * coin if t == CASH else a)) for t, a in ways]
    if is_rest_paid:
        given_in.append((WECHAT, due - sum(amount for _, amount in given_in)))
    payings = [Paying(t, Money(amount, CNY), reference="R") for t, amount in given_in]
    drawer, rows = _drawer(), _counts()
    try:
        paid = settle_room(open_shop.owner, Money(due, CNY), payings, uid=new_uid())
    except (NotPaid, OverPaid, PaymentWrong, DrawerTooLow, NeedsOverride):
        assert (_drawer(), _counts()) == (drawer, rows)
        return
    made = list(Payment.select().where(Payment.document == paid.key))
    tendered = sum(row.given.minor - row.change.minor for row in made)
    rounding = tendered - due
    assert paid.total.minor == tendered
    assert abs(rounding) * 2 <= coin and (not rounding or any(t == CASH for t, _ in given_in))
    assert all(row.given.minor == row.amount.minor + row.change.minor for row in made)
    assert all(not row.change.minor or row.change.minor > 0 for row in made)
    cash = sum(row.amount.minor for row in made if row.tender.number == CASH)
    assert _drawer() == drawer + cash >= 0
    assert [str(found) for found in proof.verify()] == []


def _drawer() -> int:
    shift = shifts.current_shift(1)
    assert shift is not None
    return drawer.expected_cash(shift.key).minor


def _counts() -> list[Any]:
    return [query(f'SELECT count(*) FROM "{table}"') for table in ("document", "payment", "entry")]
