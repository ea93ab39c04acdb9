"""Which answer counts: proofs of earlier jobs and strays must not pass for this one's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from devices.channel import Channel, Transport
from devices.printer import Ending, Outcome, Printer
from devices.profiles import PROFILES
from devices.talk import Patience

JOB = b"\x1b@hello\n"


@dataclass
class Scripted(Transport):
    """Answers `DLE EOT` as a ready printer, and other things as the script says."""

    after_status: bytes = b""
    after_job: bytes = b""
    written: bytearray = field(default_factory=bytearray)
    name: str = "script"

    def open(self) -> Channel:
        return _ScriptedChannel(self)


class _ScriptedChannel(Channel):
    def __init__(self, script: Scripted) -> None:
        self._script, self._answers = script, b""
        self._is_last = False

    def write_some(self, data: bytes, timeout_s: float) -> int:
        self._script.written += data
        if data[:2] == b"\x10\x04":
            # What strays in comes right behind the last answer before the job.
            self._answers += b"\x12"
            self._is_last = data[2] == 2 and not self._script.written.count(JOB)
        elif JOB in data:
            self._answers += self._script.after_job
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        if not self._answers:
            return super().read(timeout_s)
        got, self._answers = self._answers, b""
        if self._is_last:
            self._answers, self._is_last = self._script.after_status, False
        return got

    def close(self) -> None:
        return


def send(confirm: str, **script: bytes) -> Outcome:
    profile = replace(PROFILES["80mm"], confirm=confirm)
    patience = Patience(answer_s=0.05, stall_s=0.1, confirm_s=0.15)
    return Printer("receipt", Scripted(**script), profile, patience).send(JOB)  # type: ignore[arg-type]


def test_a_stray_answer_before_the_job_is_no_proof() -> None:
    outcome = send("gs_r", after_status=b"\x00")

    assert outcome.ending is Ending.UNKNOWN
    assert send("gs_r", after_job=b"\x00").ending is Ending.PRINTED


@pytest.mark.parametrize(
    ("answer", "ending"),
    [
        (b'7"0001\0', Ending.PRINTED),
        (b'7"0007\0', Ending.UNKNOWN),
        (b"_0001\0", Ending.UNKNOWN),
        (b"\x00", Ending.UNKNOWN),
        (b'7"0007\0\x127"0001\0', Ending.PRINTED),
    ],
)
def test_only_the_number_of_this_job_is_its_proof(answer: bytes, ending: Ending) -> None:
    assert send("gs_h", after_job=answer).ending is ending
