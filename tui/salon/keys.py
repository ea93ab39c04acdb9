"""The keys of the salon's board."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {"board": word("Appointment board"), "rotation": word("Rotation")},
    (
        row("next_step", "+", "board", word("Next step"), menu=251, rank=10,
            help=word("The client is here, in the chair, finished: one step each time.")),
        row("step_back", "-", "board", word("Step back"), menu=252, rank=11,
            help=word("Takes the last step back.")),
        row("to_ticket", "/", "board", word("Ticket"), menu=253, rank=12,
            help=word("Puts what was done on the bill of this till, with whoever did it.")),
        row("deposit_here", ".", "board", word("Pay ahead"), menu=271, rank=12,
            help=word("Takes money ahead; the ticket is paid with it.")),
        row("board_open", "Enter", "board", word("Go in"), rank=13,
            help=word("The appointment under the cursor; a free hour is booked.")),
        row("book_here", "F2", "board", word("New booking"), menu=254, rank=20,
            help=word("Books at the hour under the cursor, with the person of the column.")),
        row("move_here", "F4", "board", word("Other hour"), menu=255, rank=21,
            help=word("Picks the appointment up; F4 again or Enter puts it where the cursor is.")),
        row("was_called", "F5", "board", word("Mark called"), menu=256, rank=22,
            help=word("The client was reminded of the appointment, or was not after all.")),
        row("find_appointment", "F7", "board", word("Find"), menu=257, rank=23,
            help=word("Finds an appointment by name or phone, and goes to it.")),
        row("board_earlier", "F8", "board", word("Day back"), menu=258, rank=24,
            help=word("Shows the day before.")),
        row("board_later", "F9", "board", word("Day on"), menu=259, rank=25,
            help=word("Shows the day after.")),
        row("call_off", "Delete", "board", word("Call off"), menu=260, rank=26,
            help=word("Cancels the appointment, or says that the client did not come.")),

        row("seat_next", "+", "rotation", word("Seat next"), menu=261, rank=10,
            help=word("Who has waited longest sits down with whoever has the turn; a number before "
                      "it means that one of those who wait.")),
        row("undo_start", "-", "rotation", word("Undo start"), menu=262, rank=11,
            help=word("The client waits again; place and turn come back.")),
        row("ticket_here", "/", "rotation", word("Ticket"), menu=263, rank=12,
            help=word("Puts what was done for the client of this person on the bill.")),
        row("walk_in", "F2", "rotation", word("New walk-in"), menu=264, rank=20,
            help=word("Somebody walks in: services, and who or which grade is asked for.")),
        row("come_in", "F4", "rotation", word("Comes"), menu=265, rank=21,
            help=word("Comes to work and joins the end, or is back from the break.")),
        row("take_break", "F5", "rotation", word("Pause"), menu=266, rank=22,
            help=word("A break, or back from it; the place is kept.")),
        row("go_home", "F6", "rotation", word("Goes home"), menu=267, rank=23,
            help=word("Goes home: has no turn any more.")),
        row("pass_turn", "F8", "rotation", word("Pass"), menu=268, rank=24,
            help=word("To the end without a turn, with the reason.")),
        row("finish_here", "F9", "rotation", word("Finish"), menu=269, rank=25,
            help=word("The client of this person is finished.")),
        row("client_leaves", "Delete", "rotation", word("Leaves"), menu=270, rank=26,
            help=word("Who has waited longest leaves, or the one whose number was typed.")),
    ),
)  # fmt: skip
