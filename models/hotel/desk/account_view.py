"""A guest's account as the desk sees it: who he is, his windows, their lines, and what is left of
his credit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.hotel.charges.folio_lines import ANSWERS, DEPOSIT, PAYMENT, FolioLine, lines_of
from models.hotel.charges.package_items import PACKAGES, package_folio
from models.hotel.charges.windows import windows_of
from models.hotel.desk.departures import Review, review
from models.hotel.folios.disputes import disputed_on
from models.hotel.folios.masters import GROUP, master_of
from models.hotel.stays.stays import IN_HOUSE, Night, Stay, with_rooms
from models.ledger.folios import OPEN, Folio


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line with the balance behind it. `is_answered`: it was voided or moved away; `disputed`:
    why the guest does not own up to it, empty where he does.
    """

    line: FolioLine
    balance: Money
    is_answered: bool
    disputed: str = ""

    @property
    def is_credit(self) -> bool:
        return self.line.kind in (PAYMENT, DEPOSIT)


@dataclass(frozen=True, slots=True)
class WindowLines:
    """One window of the account."""

    letter: str
    folio: Folio
    lines: tuple[AccountLine, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """All of it; the master of a group stands behind the guest's own windows. `tonight` is the
    price of the night of the business date, when there is one.
    """

    stay: Stay
    room: str
    room_type: str
    windows: tuple[WindowLines, ...]
    due: Review | None
    tonight: Money | None

    @property
    def balance(self) -> Money:
        """What the guest's own open windows come to now."""
        own = (each.folio for each in self.windows if each.letter != GROUP)
        stands = (folio.balance for folio in own if folio.status == OPEN)
        return Money.total(stands, store_currency())

    @property
    def credit_left(self) -> Money | None:
        """What may still be charged to the first window; None where no limit is set."""
        for each in self.windows:
            if each.folio.status == OPEN:
                limit = each.folio.limit
                return limit - each.folio.balance if limit else None
        return None


def account_view(stay_key: int, day: date) -> AccountView:
    """The account of a stay as it stands on a business date."""
    (stay,) = with_rooms([Stay.get_by_id(stay_key)])
    tonight = Night.get_or_none(Night.stay == stay, Night.day == day, Night.is_live)
    return AccountView(
        stay,
        stay.room.number if stay.room else "",
        stay.room_type.code,
        tuple(_window(letter, folio) for letter, folio in _folios(stay)),
        review(stay, day) if stay.state == IN_HOUSE else None,
        tonight.price if tonight else None,
    )


def _folios(stay: Stay) -> list[tuple[str, Folio]]:
    master = master_of(stay.booking)
    packages = package_folio(stay)
    return [
        *windows_of(stay.key),
        *([(GROUP, master)] if master else []),
        *([(PACKAGES, packages)] if packages else []),
    ]


# What answers a line may lie on another folio: it was moved there.
_ANSWERED = Statement(
    'SELECT a."of_document", a."of_line" FROM "folio_line" l JOIN "folio_line" a '
    'ON a."of_document" = l."document_id" AND a."of_line" = l."line" '
    f'WHERE l."folio" = ? AND a."kind" IN ({", ".join("?" * len(ANSWERS))})'
)


def _window(letter: str, folio: Folio) -> WindowLines:
    lines = lines_of(folio.key)
    answered = set(_ANSWERED.rows(folio.key, *ANSWERS))
    disputed = disputed_on(folio.key)
    balance, rows = Money(0, store_currency()), []
    for line in lines:
        balance += line.amount
        at = line.document_id, line.line
        rows.append(AccountLine(line, balance, at in answered, disputed.get(at, "")))
    return WindowLines(letter, folio, tuple(rows))
