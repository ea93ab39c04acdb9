"""A job's three ends, over real sockets and pseudo-terminals, with printers that misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from devices.abilities import Abilities, Remembered
from devices.drawer import PrinterDrawer
from devices.faults import DrawerBusy, Unreachable
from devices.printer import Ending, Outcome
from devices.profiles import PROFILES
from devices.status import PrinterStatus
from devices.talk import FLUSH_HALF_COMMAND
from tests.devices.conftest import StartPeer
from tests.peers.printers import RunningPeer, memory_printer

JOB = b"\x1b@hello\n" * 20 + b"\x1dVB\x00"
LABELS = b"SIZE 40 mm,30 mm\r\nCLS\r\nPRINT 1,3\r\n"
LONG_JOB = b"\x1b@" + b"a line of a long receipt\n" * 60_000
KINDS = ("tcp", "pty")
AUTO = PROFILES["80mm"]
GS_H, GS_R, STATUS, NONE = (
    replace(AUTO, confirm=confirm) for confirm in ("gs_h", "gs_r", "status", "none")
)


def fault_code(outcome: Outcome) -> str:
    return outcome.fault.code if outcome.fault else ""


def told(peer: RunningPeer, command: str) -> Callable[[], None]:
    """Something that happens to the printer when the job is about to begin."""

    def tell() -> None:
        peer.tell(command)

    return tell


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["normal", "split", "garbage", "asb"])
@pytest.mark.parametrize(
    ("profile", "proof"), [(AUTO, "gs_r"), (GS_H, "gs_h"), (GS_R, "gs_r"), (STATUS, "status")]
)
def test_prints_and_proves_it(
    start_peer: StartPeer, kind: str, mode: str, profile: object, proof: str
) -> None:
    peer = start_peer(kind, mode=mode)
    printer = peer.printer(profile)  # type: ignore[arg-type]

    first, second = printer.send(JOB), printer.send(JOB)

    assert (first.ending, first.confirmed_by) == (Ending.PRINTED, proof), first
    assert (second.ending, second.confirmed_by) == (Ending.PRINTED, proof), second
    assert peer.wait_for(JOB)
    assert peer.printed.count(JOB) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("state", "code"), [("paper out", "PaperOut"), ("cover open", "CoverOpen")]
)
def test_a_printer_that_cannot_print_gets_no_byte_of_the_job(
    start_peer: StartPeer, kind: str, state: str, code: str
) -> None:
    name, value = state.split()
    peer = start_peer(kind, **{name: value})
    begun: list[bool] = []

    outcome = peer.printer().send(JOB, before_first_byte=lambda: begun.append(True))

    assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, code)
    assert begun == []
    peer.tell("paper ok")
    peer.tell("cover shut")
    assert peer.printed == b""


@pytest.mark.parametrize("kind", KINDS)
def test_low_paper_prints_and_says_so(start_peer: StartPeer, kind: str) -> None:
    outcome = start_peer(kind, paper="low").printer().send(JOB)

    assert outcome.ending is Ending.PRINTED
    assert outcome.status and outcome.status.paper == "low"


def test_nobody_there() -> None:
    from devices.printer import Printer
    from devices.tcp import Tcp

    outcome = Printer("receipt", Tcp("127.0.0.1", 1, connect_s=0.3), AUTO).send(JOB)

    assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, "Unreachable")


@pytest.mark.parametrize("mode", ["reset", "close"])
def test_connection_lost_in_the_middle_is_unknown(start_peer: StartPeer, mode: str) -> None:
    peer = start_peer("tcp", mode=mode, after=1000)

    outcome = peer.printer().send(LONG_JOB)

    assert outcome.ending is Ending.UNKNOWN, outcome
    assert fault_code(outcome) == "ConnectionBroken"
    assert outcome.sent > 0


def test_connection_lost_before_the_job_is_not_sent(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", mode="reset", after=1)

    outcome = peer.printer().send(JOB)

    assert outcome.ending is Ending.NOT_SENT


@pytest.mark.parametrize("kind", KINDS)
def test_a_stall_in_the_middle_is_unknown(start_peer: StartPeer, kind: str) -> None:
    peer = start_peer(kind, mode="stall", after=3000)

    began = time.monotonic()
    outcome = peer.printer().send(LONG_JOB)

    assert (outcome.ending, fault_code(outcome)) == (Ending.UNKNOWN, "SendStalled"), outcome
    assert time.monotonic() - began < 1.9


def test_a_printer_that_took_all_and_died_is_unknown(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", mode="reset", after=3 * 3 + len(JOB))

    outcome = peer.printer().send(JOB)

    assert outcome.ending is Ending.UNKNOWN


def test_slow_is_not_lost(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", mode="slow", delay=0.01)

    outcome = peer.printer().send(JOB)

    assert outcome.ending is Ending.PRINTED
    assert JOB in peer.printed


def test_silence_is_not_taken_for_paper(start_peer: StartPeer) -> None:
    """It takes bytes and has never said a word: it may hang as well as be unable to answer."""
    peer = start_peer("tcp", mode="mute")
    printer = peer.printer()

    for _ in range(5):
        outcome = printer.send(JOB)
        assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, "PrinterSilent")
    assert JOB not in peer.printed


def test_a_printer_that_cannot_answer_prints_once_a_person_saw_it(start_peer: StartPeer) -> None:
    """A cheap printer must still print: somebody looks at a page once, and it is remembered."""
    peer = start_peer("tcp", mode="mute")
    printer = peer.printer()

    trial = printer.send(JOB, is_trial=True)
    assert (trial.ending, fault_code(trial)) == (Ending.UNKNOWN, "PrinterSilent")
    assert peer.wait_for(JOB)
    # Until then nothing is known, and nothing is sent.
    assert printer.send(JOB).ending is Ending.NOT_SENT
    printer.seen()

    outcome = printer.send(JOB)
    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "none")
    assert printer.status().online is None, "that is not ready, that is not known"


def test_what_a_printer_can_tell_outlives_the_program(
    start_peer: StartPeer, tmp_path: Path
) -> None:
    """Once it answered it is never taken for one that cannot, whatever a person says later."""
    peer, file = start_peer("tcp"), tmp_path / "printers.json"
    assert peer.printer(known=Remembered(file)).send(JOB).ending is Ending.PRINTED

    again = peer.printer(known=Remembered(file))
    assert again.abilities == Abilities(answers=True, in_order=True)
    peer.tell("mode mute")
    assert again.send(JOB, is_trial=True).ending is Ending.NOT_SENT
    again.seen()
    assert fault_code(again.send(JOB)) == "PrinterSilent"


def test_a_printer_that_learns_to_answer_is_asked_again(start_peer: StartPeer) -> None:
    """Taken for mute by a person's word, it is found out by the looks between the slips."""
    peer = start_peer("tcp", mode="mute")
    printer = peer.printer()
    printer.send(JOB, is_trial=True)
    printer.seen()
    peer.tell("mode normal")

    assert printer.status().online is True
    outcome = printer.send(JOB)
    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "gs_r")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"tcp 127.0.0.1:1": 3}', '{"a": {"b": 1}}'])
def test_a_spoilt_memory_is_no_trouble(tmp_path: Path, content: str) -> None:
    file = tmp_path / "printers.json"
    file.write_text(content, encoding="utf-8")
    known = Remembered(file)
    assert known.of("tcp 127.0.0.1:1") == Abilities()
    known.learn("tcp 127.0.0.1:1", answers=True)
    assert Remembered(file).of("tcp 127.0.0.1:1") == Abilities(answers=True)


@pytest.mark.parametrize("profile", [GS_H, GS_R, STATUS])
def test_mute_though_it_should_answer_gets_nothing(start_peer: StartPeer, profile: object) -> None:
    peer = start_peer("tcp", mode="mute")

    outcome = peer.printer(profile).send(JOB)  # type: ignore[arg-type]

    assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, "PrinterSilent")
    assert JOB not in peer.printed


def test_auto_remembers_that_the_printer_answered_once(start_peer: StartPeer) -> None:
    peer = start_peer("tcp")
    printer = peer.printer()
    assert printer.send(JOB).ending is Ending.PRINTED

    peer.tell("mode mute")
    outcome = printer.send(JOB)

    assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, "PrinterSilent")


def test_auto_settles_for_status_once_a_person_saw_the_paper(start_peer: StartPeer) -> None:
    """It says how it is, but not when it has printed: once somebody must look."""
    peer = start_peer("tcp", mode="noproof")
    printer = peer.printer()

    first = printer.send(JOB)
    assert (first.ending, fault_code(first)) == (Ending.UNKNOWN, "NotConfirmed")
    printer.seen()
    began = time.monotonic()
    second = printer.send(JOB)

    assert (second.ending, second.confirmed_by) == (Ending.PRINTED, "status")
    assert time.monotonic() - began < 1.0, "it must not wait again for what never comes"


@pytest.mark.parametrize("profile", [GS_H, GS_R])
def test_no_proof_where_proof_is_due_is_unknown(start_peer: StartPeer, profile: object) -> None:
    outcome = start_peer("tcp", mode="noproof").printer(profile).send(JOB)  # type: ignore[arg-type]

    assert (outcome.ending, fault_code(outcome)) == (Ending.UNKNOWN, "NotConfirmed")


def test_paper_that_runs_out_inside_a_job_is_unknown(start_peer: StartPeer) -> None:
    """The printer keeps the job and prints it after the refill, so nobody may send it again."""
    peer = start_peer("tcp")
    printer = peer.printer()

    outcome = printer.send(JOB, before_first_byte=told(peer, "paper out"))

    assert (outcome.ending, fault_code(outcome)) == (Ending.UNKNOWN, "PaperOut")
    peer.tell("paper ok")
    assert peer.wait_for(JOB)


def test_a_refill_in_time_is_printed(start_peer: StartPeer) -> None:
    peer = start_peer("tcp")
    printer = peer.printer()
    refill = threading.Timer(0.4, lambda: peer.tell("paper ok"))

    def run_out() -> None:
        peer.tell("paper out")
        refill.start()

    outcome = printer.send(JOB, before_first_byte=run_out)

    assert outcome.ending is Ending.PRINTED
    refill.join()


def test_the_proof_of_an_earlier_job_is_not_taken_for_this_one(start_peer: StartPeer) -> None:
    """After a refill the printer answers for the held job first; that must not count here."""
    peer = start_peer("tcp")
    printer = peer.printer(GS_R)
    outcome = printer.send(JOB, before_first_byte=told(peer, "paper out"))
    assert outcome.ending is Ending.UNKNOWN

    peer.tell("paper ok")
    outcome = printer.send(b"\x1b@second\n")

    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "gs_r")
    assert peer.printed.index(FLUSH_HALF_COMMAND) < peer.printed.index(b"second")


def test_unplugged_and_plugged_in_again(start_peer: StartPeer) -> None:
    peer = start_peer("tcp")
    printer = peer.printer()
    assert printer.send(JOB).ending is Ending.PRINTED
    peer.stop()

    outcome = printer.send(JOB)
    assert (outcome.ending, fault_code(outcome)) == (Ending.NOT_SENT, "Unreachable")
    with pytest.raises(Unreachable):
        printer.status()

    again = start_peer("tcp", port=int(peer.address))
    assert printer.send(JOB).ending is Ending.PRINTED
    assert again.wait_for(JOB)


def test_a_terminal_that_goes_away_is_not_sent(start_peer: StartPeer) -> None:
    peer = start_peer("pty")
    printer = peer.printer()
    assert printer.send(JOB).ending is Ending.PRINTED
    peer.stop()

    assert printer.send(JOB).ending is Ending.NOT_SENT


def test_what_must_be_written_down_first_can_stop_the_job(start_peer: StartPeer) -> None:
    peer = start_peer("tcp")

    def refuse() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        peer.printer().send(JOB, before_first_byte=refuse)
    assert JOB not in peer.printed


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_printer_is_asked_how_it_is(start_peer: StartPeer, kind: str) -> None:
    """Before a byte leaves, and until it no longer prints; never in the words of receipts."""
    peer, known = start_peer(kind, mode="label"), Remembered()
    printer = peer.printer(PROFILES["label"], known=known)
    done = printer.send(LABELS)
    assert (done.ending, done.confirmed_by) == (Ending.PRINTED, "status"), done
    assert peer.printed == LABELS and printer.abilities.answers is True
    for command, code in (("paper out", "PaperOut"), ("cover open", "CoverOpen")):
        peer.tell(command)
        refused = printer.send(LABELS)
        assert (refused.ending, fault_code(refused)) == (Ending.NOT_SENT, code)
        peer.tell("paper ok")
    peer.tell("cover shut")
    # It runs out in the middle: a person looks, and the next job ends what was left half sent.
    lost = printer.send(LABELS, before_first_byte=told(peer, "paper out"))
    assert (lost.ending, fault_code(lost)) == (Ending.UNKNOWN, "PaperOut")
    peer.tell("paper ok")
    assert printer.send(LABELS).ending is Ending.PRINTED
    assert b"\x10\x04" not in peer.printed and b"\x1dr" not in peer.printed
    assert peer.printed.endswith(b"\x00" * 512 + b"\r\n" + LABELS)
    # One that says nothing is in trouble, until a person saw what it printed without a word.
    peer.tell("mode mute")
    assert fault_code(printer.send(LABELS)) == "PrinterSilent"
    mute = start_peer(kind, mode="mute").printer(PROFILES["label"])
    assert fault_code(mute.send(LABELS)) == "PrinterSilent"
    assert mute.send(LABELS, is_trial=True).ending is Ending.UNKNOWN
    mute.seen()
    assert mute.send(LABELS).confirmed_by == "none"


@pytest.mark.parametrize(
    ("byte", "code"),
    [(0x00, ""), (0x20, ""), (0x01, "CoverOpen"), (0x05, "CoverOpen"), (0x04, "PaperOut"),
     (0x02, "PrinterError"), (0x08, "PrinterError"), (0x80, "PrinterError"),
     (0x10, "PrinterOffline")],
)  # fmt: skip
def test_what_the_byte_of_a_label_printer_says(byte: int, code: str) -> None:
    fault = PrinterStatus.of_labels(byte).fault("tags")
    assert (fault.code if fault else "") == code


def test_memory_takes_jobs_without_proof() -> None:
    printer, memory = memory_printer()

    outcome = printer.send(JOB)

    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "none")
    assert memory.jobs == [JOB]


# --- the drawer on the printer -------------------------------------------------------------------


def test_the_drawer_opens(start_peer: StartPeer) -> None:
    peer = start_peer("tcp")
    PrinterDrawer(peer.printer(), pin=2).kick()

    assert peer.wait_for(b"\x1bp\x00\x32\x32")
    assert peer.pulses == 1


def test_the_drawer_opens_while_the_paper_is_out(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", paper="out")
    PrinterDrawer(peer.printer(), pin=5).kick()

    end = time.monotonic() + 1
    while not peer.pulses and time.monotonic() < end:
        time.sleep(0.01)
    assert peer.pulses == 1


def test_the_drawer_opens_while_a_job_waits_for_its_proof(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", mode="noproof")
    printer = peer.printer(GS_R, confirm_s=1.2, pulse_s=1.0)
    job = threading.Thread(target=printer.send, args=(JOB,))
    job.start()
    assert peer.wait_for(JOB)

    PrinterDrawer(printer).kick()

    assert job.is_alive(), "the pulse went out while the job still waited"
    job.join()
    assert peer.pulses == 1


def test_a_pulse_is_given_up_and_never_comes_later(start_peer: StartPeer) -> None:
    peer = start_peer("tcp", mode="stall", after=3000)
    printer = peer.printer(NONE, stall_s=1.0, pulse_s=0.2)
    job = threading.Thread(target=printer.send, args=(LONG_JOB,))
    job.start()
    time.sleep(0.2)

    with pytest.raises(DrawerBusy):
        PrinterDrawer(printer).kick()

    job.join()
    peer.tell("mode normal")
    time.sleep(0.1)
    assert peer.pulses == 0


@pytest.mark.parametrize(("level", "is_open"), [("high", False), ("low", True), ("unknown", None)])
def test_open_or_shut_by_the_configured_level(
    start_peer: StartPeer, level: str, is_open: bool | None
) -> None:
    printer = start_peer("tcp").printer()

    assert PrinterDrawer(printer, open_level=level).is_open() is is_open
