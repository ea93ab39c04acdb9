"""The rows of the key map, and the second shipped map.

Kinds of screens: selling, payment, list, form, picker, panel (any question in a panel),
question (asked in the entry line). `everywhere` is every screen without a question on it,
`anywhere` is under a question too. Add a row here and `do_<id>` to the screen: the strip, F1, the
palette and the manual follow.
"""

from __future__ import annotations

from tui.desk.key_table_imports import import_rows
from tui.desk.key_table_records import record_rows
from tui.desk.keys import ANYWHERE, EVERYWHERE, Command, read_key


def _row(
    id: str,
    keys: str,
    where: str,
    label: str,
    *,
    help: str,
    menu: int = 0,
    rank: int = 50,
    right: str = "",
) -> Command:
    return Command(
        id=id,
        keys=tuple(read_key(word) for word in keys.split()),
        where=tuple(where.split()),
        label=label,
        help=help,
        menu=menu,
        rank=rank,
        right=right,
    )


COMMANDS: tuple[Command, ...] = (
    # Under a question too.
    _row(
        "help",
        "F1",
        ANYWHERE,
        "Help",
        help="Says what every key does here.",
        rank=1,
    ),
    _row(
        "help_sign",
        "?",
        EVERYWHERE,
        "Help",
        help="The same as F1, on an empty entry.",
        rank=0,
    ),
    _row(
        "cancel",
        "F12 Esc",
        ANYWHERE,
        "Back",
        help="Takes back one step: clears the entry, closes the question, leaves the panel.",
        rank=98,
    ),
    _row(
        "language",
        "Ctrl+L",
        ANYWHERE,
        "中文",
        help="Changes between Chinese and English at once. Nothing on the screen is lost.",
        menu=191,
        rank=95,
    ),
    # On every screen.
    _row(
        "leave",
        "F3",
        EVERYWHERE,
        "Leave",
        help="Leaves this screen. Open work is kept, or dropped only when you say so.",
        rank=97,
    ),
    _row(
        "menu",
        "F10 Ctrl+K",
        EVERYWHERE,
        "Menu",
        help="Opens the menu: type a few letters, the pinyin initials, or a number.",
        rank=96,
    ),
    _row(
        "switch_user",
        "Ctrl+U",
        EVERYWHERE,
        "User",
        help="Another user signs in. The work on the screen stays.",
        menu=192,
        rank=91,
    ),
    _row(
        "lock",
        "Ctrl+N",
        EVERYWHERE,
        "Lock",
        help="Locks the till; the work stays, and opens for a password or PIN.",
        menu=199,
        rank=91,
    ),
    _row(
        "reprint",
        "Ctrl+R",
        EVERYWHERE,
        "Reprint",
        help="Prints the last slip again, marked as a copy.",
        menu=193,
        rank=92,
    ),
    _row(
        "show_slip",
        "Ctrl+W",
        EVERYWHERE,
        "Slip",
        help="Shows the last slip on the screen; Enter prints it again as a copy.",
        menu=198,
        rank=94,
    ),
    _row(
        "open_drawer",
        "Ctrl+O",
        EVERYWHERE,
        "Drawer",
        help="Opens the drawer without a sale. It asks for the reason and is recorded.",
        menu=194,
        rank=93,
    ),
    _row(
        "theme",
        "",
        EVERYWHERE,
        "Colours",
        help="Changes the colours: dark, light, high contrast, or none.",
        menu=195,
        rank=0,
    ),
    # Selling.
    _row(
        "salesperson",
        "F4",
        "selling",
        "Staff",
        help="Chooses the salesperson of this sale.",
        menu=112,
        rank=11,
    ),
    _row(
        "hold_bill",
        "F5",
        "selling",
        "Hold",
        help="Puts this bill aside and starts another.",
        menu=113,
        rank=12,
    ),
    _row(
        "bill_discount",
        "F6",
        "selling",
        "Bill disc.",
        help="Gives a discount on the whole bill: a per cent or an amount.",
        menu=114,
        rank=13,
    ),
    _row(
        "find_goods",
        "F7",
        "selling stock",
        "Find",
        help="Finds goods by name, pinyin initials or code.",
        menu=115,
        rank=14,
    ),
    _row(
        "fetch_bill",
        "F8",
        "selling",
        "Fetch",
        help="Takes up a bill that was put aside.",
        menu=116,
        rank=15,
    ),
    _row(
        "pay",
        "F9 + Enter",
        "selling",
        "Pay",
        help="Goes to payment. F9, + or Enter, the last two on an empty entry.",
        menu=117,
        rank=16,
    ),
    _row(
        "quantity",
        "*",
        "selling",
        "Quantity",
        help="Sets the quantity of the chosen line. After digits it sets it for the next item.",
        rank=20,
    ),
    _row(
        "price",
        ".",
        "selling",
        "Price",
        help="Sets the price of the chosen line.",
        rank=21,
    ),
    _row(
        "line_discount",
        "/",
        "selling",
        "Discount",
        help="Gives a discount on the chosen line.",
        rank=22,
    ),
    _row(
        "one_less",
        "-",
        "selling",
        "One less",
        help="Takes one off the chosen line.",
        rank=23,
    ),
    _row(
        "remove_line",
        "Delete",
        "selling payment",
        "Remove",
        help="Removes the chosen line. It asks for the reason when it was printed or paid.",
        rank=24,
    ),
    _row(
        "enquire",
        "Ctrl+G",
        "selling",
        "Price?",
        help="Shows price and stock of an item without selling it.",
        menu=119,
        rank=26,
    ),
    _row(
        "cash_move",
        "Ctrl+D",
        "selling",
        "Cash",
        help="Puts cash into the drawer, takes it out, or drops it to the safe.",
        menu=121,
        rank=27,
    ),
    # Payment.
    _row(
        "other_tender",
        "/",
        "payment",
        "Tender",
        help="Chooses another way of paying, by its number.",
        rank=20,
    ),
    _row(
        "exact",
        "Enter",
        "payment",
        "Exact cash",
        help="Enter alone: exactly what is due was handed over in cash.",
        rank=10,
    ),
    _row(
        "card",
        "F2",
        "payment",
        "Card",
        help="Pays the rest, or the amount typed before, by card.",
        menu=122,
        rank=11,
    ),
    _row(
        "wechat",
        "F4",
        "payment",
        "WeChat",
        help="Pays by WeChat: the customer shows the phone.",
        menu=123,
        rank=12,
    ),
    _row(
        "alipay",
        "F5",
        "payment",
        "Alipay",
        help="Pays by Alipay: the customer shows the phone.",
        menu=124,
        rank=13,
    ),
    _row(
        "on_account",
        "F6",
        "payment",
        "On account",
        help="Charges the rest, or the amount typed before, to an account.",
        menu=125,
        rank=14,
    ),
    # Home.
    _row(
        "open_entry",
        "Enter",
        "home",
        "Open",
        help="Opens the line of the menu that the cursor is on.",
        rank=10,
    ),
    _row(
        "next_group",
        "PgDn",
        "home",
        "Next group",
        help="The next group of the menu; the arrows go on to it too.",
        rank=11,
    ),
    _row(
        "last_group",
        "PgUp",
        "home",
        "Group before",
        help="The group of the menu before this one.",
        rank=0,
    ),
    _row(
        "test_device",
        "Enter",
        "devices",
        "Test",
        help="Asks the chosen printer how it is, or opens the drawer.",
        rank=10,
    ),
    # Counting a drawer.
    _row(
        "next_note",
        "Enter",
        "count",
        "Next",
        help="Enter: the next note or coin.",
        rank=10,
    ),
    _row(
        "count_done",
        "F9 +",
        "count",
        "Done",
        help="Ends the count.",
        rank=11,
    ),
    # Lists, forms, pickers.
    *record_rows(_row),
    *import_rows(_row),
)


def _map(**rows: str) -> dict[str, tuple[str, ...]]:
    return {
        command_id: tuple(read_key(word) for word in keys.split())
        for command_id, keys in rows.items()
    }


# `chinese` follows widespread Chinese tills: F12 picks goods, F10 is the whole-bill discount.
MAPS: dict[str, dict[str, tuple[str, ...]]] = {
    "deskbell": {},
    "chinese": _map(
        find_goods="F12",
        bill_discount="F10",
        fetch_bill="F8",
        hold_bill="F6",
        salesperson="F2",
        enquire="F4 Ctrl+G",
        cancel="Esc Ctrl+X",
        menu="F11 Ctrl+K",
    ),
}
