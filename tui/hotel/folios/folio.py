"""The account of a guest (客账): its windows, their lines, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from models.base.money import Money
from models.hotel.charges.folio_lines import ADJUSTMENT, DEPOSIT, TRANSFER, VOID
from models.hotel.charges.package_items import PACKAGES
from models.hotel.charges.windows import OWN, WindowMissing
from models.hotel.desk.account_view import AccountLine, AccountView, WindowLines, account_view
from models.hotel.folios.masters import GROUP
from models.hotel.stays.stays import DEPARTED, IN_HOUSE
from models.ledger.daily.days import store_day
from models.ledger.folios import OPEN
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.safe import clean
from tui.desk.words import t
from tui.hotel.rooms.rack_cells import nights_text
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece
from tui.widgets.told import ToldRows
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.key_rows import Command


def _amount(row: AccountLine) -> Any:
    return str(row.line.amount), "good" if row.is_credit else "muted" if row.is_answered else ""


COLUMNS = (
    Column(word("Day"), 10, read=lambda row: (str(row.line.service_day), "muted"), drop=1),
    Column(word("Code"), 6, read=lambda row: (row.line.code, "muted"), drop=2),
    Column(word("Text"), 0, read=lambda row: (_text(row), _tone(row))),
    Column(word("Room"), 6, read=lambda row: row.line.room, drop=3),
    Column(word("Amount"), 11, "right", read=_amount),
    Column(word("Balance"), 11, "right", tone="money", read=lambda row: str(row.balance)),
)


# What takes a line back reads like it: its kind is said first. A deposit is the number of its
# reservation.
_KINDS = {
    VOID: word("Voided: {text}"), ADJUSTMENT: word("Let off: {text}"),
    TRANSFER: word("Moved: {text}"), DEPOSIT: word("Paid ahead: {text}"),
}  # fmt: skip


def _text(row: AccountLine) -> str:
    text, why = clean(row.line.text), clean(row.disputed)
    if row.line.kind in _KINDS:
        text = t(_KINDS[row.line.kind], text=text)
    # The reason first: it is what is looked for, and a row may end before it.
    return t("disputed: {why} ({text})", text=text, why=why) if why else text


def _tone(row: AccountLine) -> str:
    return "warn" if row.disputed else "muted" if row.is_answered else ""


class FolioScreen(FrameScreen):
    """One stay's account."""

    kind = "folio"
    right = "post charge"
    title_msgid = word("Guest account")

    def __init__(self, stay: int) -> None:
        super().__init__()
        self.stay_key = stay
        self.view: AccountView | None = None
        self._place = 0
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Nothing is on this account yet.")
        )

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def title_text(self) -> str:
        if self.view is None:
            return ""
        return f"{self.view.room} {self.view.stay.name}".strip()

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="folio-band"):
            yield ToldRows(self.about_rows, id="folio-about")
            yield BigTotal(id="folio-total")
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        await self.show()

    def resumed(self) -> None:
        super().resumed()
        if self.view is not None:
            self.desk.jobs.start(self.show)

    async def user_changed(self) -> None:
        """The next user sees it anew."""
        await self.show()

    async def show(self, *, cursor: int | None = -1) -> None:
        """Read the account again."""
        self.view = await self.in_books(_read, self.stay_key)
        self._place = max(0, min(self._place, len(self.view.windows) - 1))
        self._draw(cursor)

    def _draw(self, cursor: int | None = -1) -> None:
        assert self.view is not None
        window = self.window
        self.lines.set_rows(list(window.lines) if window else [], cursor=cursor)
        balance = self.view.balance
        tone = "money" if balance.minor > 0 else "good"
        label = word("Owes") if balance.minor >= 0 else word("Has left")
        self.query_one("#folio-total", BigTotal).show(label, str(_positive(balance)), tone=tone)
        self.query_one(ToldRows).refresh()
        self.words_changed()
        self.frame_changed()
        self.strip_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Type what is paid, then Enter; Enter alone: the whole balance"))

    @property
    def window(self) -> WindowLines | None:
        """The window in sight."""
        assert self.view is not None
        return self.view.windows[self._place] if self.view.windows else None

    def about_rows(self) -> list[list[Piece]]:
        """Four rows beside the balance."""
        view = self.view
        if view is None:
            return []
        stay = view.stay
        nights = (stay.departure - stay.arrival).days
        rows: list[list[Piece]] = [
            [(f" {clean(stay.name)}  ", "strong"), (f"{view.room} {view.room_type}  ", ""),
             (stay.number, "muted")],
            [(f" {stay.arrival} - {stay.departure}  ", ""),
             (nights_text(nights), "muted")],
        ]  # fmt: skip
        price = t("Tonight {price}", price=view.tonight) if view.tonight else ""
        credit = view.credit_left
        left = t("credit left {amount}", amount=credit) if credit is not None else ""
        rows.append([(f" {price}  ", ""), (left, "warn" if credit and credit.minor < 0 else "")])
        rows.append(self._window_pieces())
        return rows

    def _window_pieces(self) -> list[Piece]:
        assert self.view is not None
        pieces: list[Piece] = [(" ", "")]
        for place, each in enumerate(self.view.windows):
            tone = "badge" if place == self._place else "muted"
            shut = "" if each.folio.status == OPEN else f" {t('closed')}"
            names = {GROUP: t("Group"), PACKAGES: t("Package")}
            group = f" {names[each.letter]}" if each.letter in names else ""
            pieces += [(f" {each.letter}{group} {each.folio.balance}{shut} ", tone), (" ", "")]
        return pieces

    # Keys.

    def offers(self, command: Command) -> bool:
        if self.view is None:
            return False
        state = self.view.stay.state
        is_package = self.window is not None and self.window.letter == PACKAGES
        needs = {
            "leave_house": state == IN_HOUSE,
            "post_here": state in (IN_HOUSE, DEPARTED),
            "reinstate": state == DEPARTED,
            "pay_out": state == IN_HOUSE and not is_package,
            "pay_folio": not is_package,
            "next_window": len(self.view.windows) > 1,
        }
        needs_line = (
            "correct_line", "transfer_line", "split_charge", "mark_line", "dispute_line",
        )  # fmt: skip
        if command.id in needs_line:
            return bool(self.lines.row_values)
        return needs.get(command.id, True)

    @property
    def chosen(self) -> AccountLine:
        """The line under the cursor: its keys are offered only where there is one."""
        row: AccountLine = self.lines.chosen
        return row

    async def on_entry(self, text: str) -> None:
        """So much is paid; the number of a room is asked about, whose account may be meant."""
        from tui.desk.gate.numbers import money_of
        from tui.hotel.folios.money import is_no_room

        amount = money_of(text)
        if await is_no_room(self.counter, text):
            await self._take(amount)

    async def do_pay_folio(self) -> None:
        """Enter alone, or F9: what the window comes to, or another amount."""
        window = self.window
        due = window.folio.balance if window and window.folio.balance.minor > 0 else None
        await self._take(due)

    async def _take(self, due: Money | None) -> None:
        from tui.hotel.folios.money import take_on_account

        window = self.window
        assert self.view is not None
        if window is None:
            raise WindowMissing(stay=self.view.stay.number, window=OWN)
        if await take_on_account(self.counter, self.view.stay, window.folio, due, is_asked=False):
            await self.show()

    async def do_post_here(self) -> None:
        """F2: a charge to this guest; after his departure on a new window."""
        from tui.hotel.folios.posting import post_to_stay

        assert self.view is not None
        if await post_to_stay(self.counter, self.view.stay):
            await self.show()

    async def do_pay_out(self) -> None:
        """F7: cash is handed out for the guest, on the window in sight."""
        from tui.hotel.folios.paying_out import pay_out

        window = self.window
        assert self.view is not None
        if window is None:
            raise WindowMissing(stay=self.view.stay.number, window=OWN)
        if await pay_out(self.counter, window.folio, self.view.stay):
            await self.show()

    async def do_correct_line(self) -> None:
        """Delete: the line is voided today, or let off later; both stay."""
        from tui.hotel.folios.correcting import correct

        await correct(self, self.chosen.line)
        await self.show(cursor=None)

    async def do_transfer_line(self) -> None:
        """F4: the line, or the marked ones, to another window or another guest."""
        from tui.hotel.folios.correcting import transfer

        await transfer(self, self.marked())
        self.lines.marks.clear()
        await self.show(cursor=None)

    async def do_route_charges(self) -> None:
        """F5: which charges others pay."""
        from tui.hotel.folios.routing import LISTING
        from tui.records.forms.form import FormScreen, edit

        await edit(self.desk, FormScreen(LISTING, self.stay_key))
        await self.show()

    async def do_split_charge(self) -> None:
        """F6: the line in two."""
        from tui.hotel.folios.correcting import split

        await split(self, self.chosen.line)
        await self.show(cursor=None)

    async def do_dispute_line(self) -> None:
        """Ctrl+D: the guest disputes the line, or does so no longer."""
        from tui.hotel.folios.correcting import dispute

        await dispute(self, self.chosen)
        await self.show(cursor=None)

    def do_mark_line(self) -> None:
        """`*`: mark, and go on to the next line."""
        self.lines.mark()
        self.lines.move_to(self.lines.cursor + 1)

    def marked(self) -> list[Any]:
        """The marked lines, or the one under the cursor."""
        rows = self.lines.row_values
        chosen = [rows[at].line for at in sorted(self.lines.marks) if at < len(rows)]
        return chosen or [self.chosen.line]

    def do_next_window(self) -> None:
        """Tab: the next window."""
        assert self.view is not None
        self._place = (self._place + 1) % max(1, len(self.view.windows))
        self.lines.marks.clear()
        self._draw()

    async def do_add_window(self) -> None:
        """F8: another window, for a company or a companion."""
        from tui.hotel.folios.correcting import another_window

        await another_window(self)
        await self.show()

    async def do_print_folio(self) -> None:
        """Ctrl+Y: the account as the guest reads it."""
        from models.hotel.folios.papers import print_folio
        from models.trust import company

        assert self.view is not None
        language = await self.in_books(company.slip_language.value)
        await self.operate(print_folio, self.view.stay, language=language)
        self.counter.wake_paper()
        self.desk.inform(word("Printing."))

    async def do_folio_invoice(self) -> None:
        """Ctrl+T: the tax invoice of the window in sight, its lines proposed."""
        from models.hotel.folios.invoicing import proposed_invoice
        from tui.money.tax_invoices_listing import invoice_for

        window = self.window
        assert self.view is not None
        if window is None:
            raise WindowMissing(stay=self.view.stay.number, window=OWN)
        lines = await self.in_books(proposed_invoice, window.folio)
        await invoice_for(self.counter, window.folio, lines)

    async def do_leave_house(self) -> None:
        """`-`: check out."""
        from tui.hotel.folios.check_out import check_out_stay

        if await check_out_stay(self.counter, self.stay_key):
            self.leave()

    async def do_reinstate(self) -> None:
        """A guest who left today is in the house again."""
        from tui.hotel.folios.putting_back import put_back

        assert self.view is not None
        if await put_back(self.counter, self.view.stay):
            await self.show()
            self.desk.inform(word("In the house: {guest}"), guest=self.title_text())


def _positive(amount: Money) -> Money:
    return amount if amount.minor >= 0 else -amount


def _read(stay: int) -> AccountView:
    return account_view(stay, store_day())


async def open_folio(app: Any, stay: int) -> None:
    """Show the account of a stay."""
    await app.go(FolioScreen(stay))
