"""Vouchers and store credit on the screen."""

from __future__ import annotations

from models.members.kinds import CREDIT, VOUCHER
from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report

_ASKS = "tui.members.asking:ask_code"

MEMBERS = TradeScreens(
    "members",
    menu=(
        MenuEntry(
            87, word("Sell a voucher"), "tui.members.selling:sell_one", "sell vouchers", group=1
        ),
        MenuEntry(20, word("Vouchers and store credit"), listing("lots"), "keep vouchers"),
        MenuEntry(
            90, word("Look up a voucher"), "tui.members.asking:look_up", "take payment", group=1
        ),
        MenuEntry(39, word("Owed on vouchers and credit"), report("lots"), "see takings", group=2),
    ),
    listings={"lots": "tui.members.lots_listing:LISTING"},
    codes={VOUCHER: _ASKS, CREDIT: _ASKS},
    settings=("tui.members.lots_listing:SETTINGS",),
)
