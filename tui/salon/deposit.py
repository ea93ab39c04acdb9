"""The deposit of an appointment: taken at the board, and what becomes of it."""

from __future__ import annotations

from typing import Any

from models.base.money import Money
from models.members.lots import new_number
from models.salon.appointments import Appointment
from models.salon.deposits import deposit_of, keep_deposit, name_deposit
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.words import said, t
from tui.members.selling import VoucherPayable
from tui.records.asking import Options


async def take_deposit(app: Any, screen: Any, found: Appointment) -> None:
    """Ask how much, and take it. Refuses: what `name_deposit` and taking a payment refuse."""
    typed = await screen.question(said("Deposit of {name}", name=found.name), reads=money_of)
    if not typed:
        return
    amount = money_of(typed)
    found = await app.operate(name_deposit, found.key, new_number(), version=found.version)
    # Who has a record finds it by his name in the list of vouchers: his number nobody knows.
    what = t("Deposit of {name}", name=found.name)
    voucher = VoucherPayable(app, found.deposit, amount, None, person=found.person, said=what)
    if await voucher.taken() is not None:
        app.inform(word("Deposit of {name}: {amount}"), name=found.name, amount=amount)


async def ask_what_is_held(app: Any, key: int) -> None:
    """Who does not come has paid ahead: the house keeps it, or it stays his, to be paid back or for
    another day.
    """
    found, held = await app.in_books(_held, key)
    if not held:
        return
    choices = [(False, t("It stays the client's")), (True, t("The house keeps it"))]
    title = word("{amount} are held for {name}")
    if await app.ask(Options(title, choices, amount=held, name=found.name)):
        await app.operate(keep_deposit, found.key, version=found.version)
    else:
        app.inform(
            word("Held on voucher {number}: paid back in the list of vouchers."),
            number=found.deposit,
        )


def _held(key: int) -> tuple[Appointment, Money]:
    found: Appointment = Appointment.get_by_id(key)
    return found, deposit_of(found)
