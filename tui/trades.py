"""The one list of the rooms of the screen, one declaration each. What they declare is put together
by who needs it: the menu, the key map, the books, home, the settings.
"""

from __future__ import annotations

from tui.buying.trade import BUYING
from tui.desk.gate.key_rows import KeyTable
from tui.desk.trade_screens import SCREENS, declared
from tui.goods.trade import GOODS, SELLING, STOCK
from tui.hotel.trade import HOTEL
from tui.members.trade import MEMBERS
from tui.money.trade import MONEY
from tui.office.trade import OFFICE
from tui.people.trade import PEOPLE, STAFF
from tui.salon.trade import SALON
from tui.shop.trade import SHOP

SCREENS[:] = [
    OFFICE, MONEY, GOODS, SELLING, MEMBERS, STOCK, BUYING, STAFF, PEOPLE, SHOP, HOTEL, SALON,
]  # fmt: skip


def key_tables() -> list[KeyTable]:
    """The keys of all rooms: also those of trades that are not in use clash with nothing."""
    return list(declared("keys"))
