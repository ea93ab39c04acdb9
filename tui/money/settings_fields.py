"""The settings of money: how cash is rounded, and when a day ends."""

from __future__ import annotations

from models.ledger.gateway.orders import HTTP, NONE
from models.ledger.ways.cash import SMALLEST_COIN
from models.listings.listings import Field
from receipts.words import word
from tui.records.looks import Look

STEPS = (
    (SMALLEST_COIN, word("To the smallest coin")),
    (1, word("Not at all")),
    (5, word("To 0.05")),
    (10, word("To 0.10")),
    (50, word("To 0.50")),
    (100, word("To 1.00")),
)
MODES = (
    ("half_up", word("To the nearest, half up")),
    ("half_down", word("To the nearest, half down")),
    ("up", word("Up")),
    ("down", word("Down")),
)
KEPT = (
    (0, word("All change is given")),
    (10, word("Below 0.10")),
    (50, word("Below 0.50")),
    (100, word("Below 1.00")),
    (500, word("Below 5.00")),
    (1000, word("Below 10.00")),
)
# "" is the cashier, who reads it on his phone.
GATEWAYS = ((NONE, word("Confirmed by hand")), (HTTP, word("Gateway over HTTP")))

FIELDS = (
    Field("cash.step", word("Cash is rounded"), "choice", look=Look(20), choices=STEPS,
          help=word("Only what is paid in cash; the rounding stands on the slip.")),
    Field("cash.mode", word("Which way"), "choice", look=Look(26, is_beside=True), choices=MODES),
    Field("cash.ask_above", word("Ask cash above"), "number", look=Look(4), is_required=True,
          unit=word("times what is due"),
          help=word("More cash than that is asked about before it is taken; 0 never asks.")),
    Field("cash.keep_below", word("Change kept"), "choice", look=Look(20), choices=KEPT,
          help=word("Change of a customer with an account may stay on it; he is asked.")),
    Field("gateway.provider", word("Pay codes"), "choice", look=Look(24), choices=GATEWAYS,
          help=word("Who asks the wallet when a customer's pay code is scanned.")),
    Field("gateway.address", word("Its address"), look=Look(40), limit=120,
          example="http://127.0.0.1:8765"),
    Field("gateway.give_up_s", word("Give up after"), "number", look=Look(4), is_required=True,
          unit=word("seconds"),
          help=word("A pay code of which nobody knows so long whether it pays is undone.")),
    Field("day.close_hour", word("Day ends at"), "number", look=Look(4), unit=word("o'clock"),
          is_required=True,
          help=word("After this hour, yesterday must be closed before the first shift opens.")),
    Field("day.shifts_go_over", word("Shifts go over"), "yes-no", look=Look(is_beside=True),
          help=word("Yes: the day is closed while shifts go on. No: they are closed first.")),
    Field("shift.handover_slip", word("Hand-over slip"), "yes-no",
          help=word("With the Z: what was counted, what is left open, and two signatures.")),
)  # fmt: skip
