"""A printer to test against, as a process of its own: over TCP or a pseudo-terminal.

    python tests/peers/printer_peer.py tcp|pty [--mode MODE] [--after N] [--delay S] ...

It prints one line with its address (a port number or a path) and then obeys lines on its standard
input: `mode NAME`, `paper ok|low|out`, `cover open|shut`, `bytes` (answers the printed bytes in
hex), `pulses` (how often the drawer was opened), `quit`. Written from the makers' command lists and
not from the program's own parser.

Modes: normal; slow (takes little at a time); mute (takes all, says nothing); reset (resets the
connection after N bytes); close (closes it politely after N bytes); stall (stops taking after N
bytes); split (answers byte by byte); garbage (noise around each answer); asb (status by itself
before each answer); noproof (answers DLE EOT but neither GS r nor GS ( H); label (a label printer:
answers ESC ! ? with one byte, and says that it prints for the first few questions behind a job).
"""

from __future__ import annotations

import argparse
import os
import select
import socket
import struct
import sys
import time
import tty
from dataclasses import dataclass, field

PULSE_LENGTH = 5
# So many questions behind a job a label printer still prints.
BUSY_FOR = 3


@dataclass
class Peer:
    """The printer's state, and what it printed. `held` waits for paper."""

    mode: str = "normal"
    after: int = 0
    delay: float = 0.0
    paper: str = "ok"
    cover: str = "shut"
    printed: bytearray = field(default_factory=bytearray)
    held: bytearray = field(default_factory=bytearray)
    taken: int = 0
    pulses: int = 0
    busy: int = 0

    @property
    def is_stopped(self) -> bool:
        return self.paper == "out" or self.cover == "open"

    def take(self, data: bytes) -> bytes:
        """Real-time commands act at once, the rest waits its turn. What to answer."""
        self.taken += len(data)
        answers = b""
        for kind, part in real_time_split(data):
            if kind == "status":
                answers += self.status(part[2])
            elif kind == "label status":
                answers += self.label_status()
            elif kind == "pulse":
                self.pulses += 1
            else:
                self.held += part
                self.busy = BUSY_FOR
        return answers + self.work_off()

    def work_off(self) -> bytes:
        """Print what is held if there is paper; the answers that lie in it come now."""
        if self.is_stopped:
            return b""
        data, answers = bytes(self.held), b""
        self.held.clear()
        self.printed += data
        at = 0
        while at < len(data):
            if data[at : at + 2] == b"\x1bp":
                self.pulses += 1
                at += PULSE_LENGTH
            elif data[at : at + 2] == b"\x1dr" and at + 2 < len(data):
                answers += b"" if self.mode == "noproof" else b"\x00"
                at += 3
            elif data[at : at + 7] == b"\x1d(H\x06\x0000" and at + 11 <= len(data):
                answers += b"" if self.mode == "noproof" else b'7"' + data[at + 7 : at + 11] + b"\0"
                at += 11
            else:
                at += 1
        return answers

    def status(self, number: int) -> bytes:
        value = 0x12
        if number == 1 and self.is_stopped:
            value |= 0x08
        if number == 2:
            value |= 0x04 if self.cover == "open" else 0
            value |= 0x20 if self.paper == "out" else 0
        if number == 4:
            value |= {"ok": 0, "low": 0x0C, "out": 0x6C}[self.paper]
        return bytes((value,))

    def label_status(self) -> bytes:
        """One bit for each: head open, no paper, printing."""
        if self.mode != "label":
            return b""
        value = (0x01 if self.cover == "open" else 0) | (0x04 if self.paper == "out" else 0)
        self.busy = max(self.busy - 1, 0)
        return bytes((value | (0x20 if self.busy else 0),))

    def automatic(self) -> bytes:
        first = 0x10 | (0x08 if self.is_stopped else 0) | (0x20 if self.cover == "open" else 0)
        return bytes((first, 0, {"ok": 0, "low": 0x03, "out": 0x0F}[self.paper], 0))


def real_time_split(data: bytes) -> list[tuple[str, bytes]]:
    """Cut real-time commands out of the stream (they never lie across two reads here)."""
    parts: list[tuple[str, bytes]] = []
    at = start = 0
    while at < len(data):
        length, kind = 0, ""
        if data[at : at + 2] == b"\x10\x04" and at + 3 <= len(data):
            length, kind = 3, "status"
        elif data[at : at + 3] == b"\x1b!?":
            length, kind = 3, "label status"
        elif data[at : at + 3] == b"\x10\x14\x01" and at + 5 <= len(data):
            length, kind = 5, "pulse"
        if not length:
            at += 1
            continue
        if at > start:
            parts.append(("data", data[start:at]))
        parts.append((kind, data[at : at + length]))
        at = start = at + length
    if start < len(data):
        parts.append(("data", data[start:]))
    return parts


def dressed(peer: Peer, answer: bytes) -> list[bytes]:
    """The answer as this mode sends it, in the pieces that go out one by one."""
    if peer.mode == "mute" or not answer:
        return []
    if peer.mode == "asb":
        return [peer.automatic()[:2], peer.automatic()[2:] + answer]
    if peer.mode == "garbage":
        return [b"\xff\x11\x93" + answer[:1], answer[1:] + b"\x13"]
    if peer.mode == "split":
        return [bytes((one,)) for one in answer]
    return [answer]


class Stream:
    """A TCP connection or the master side of a pseudo-terminal."""

    def __init__(self, connection: socket.socket | None = None, descriptor: int = -1) -> None:
        self.connection = connection
        self.descriptor = connection.fileno() if connection else descriptor

    def read(self, size: int) -> bytes:
        try:
            return os.read(self.descriptor, size)
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        try:
            os.write(self.descriptor, data)
        except OSError:
            return

    def close(self, *, reset: bool = False) -> None:
        if self.connection is None:
            return
        if reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()


class Service:
    def __init__(self, peer: Peer, listener: socket.socket | None, master: int) -> None:
        self.peer, self.listener = peer, listener
        self.stream: Stream | None = None if listener else Stream(descriptor=master)

    def run(self) -> None:
        commands = b""
        while True:
            waiting = [0]
            if self.stream and not self.is_stalled():
                waiting.append(self.stream.descriptor)
            elif self.listener and not self.stream:
                waiting.append(self.listener.fileno())
            ready = select.select(waiting, [], [], 0.5)[0]
            if 0 in ready:
                got = os.read(0, 4096)
                if not got:
                    return
                commands += got
                while b"\n" in commands:
                    line, commands = commands.split(b"\n", 1)
                    self.obey(line.decode().split())
            elif ready and self.stream:
                self.serve(self.stream)
            elif ready and self.listener:
                connection = self.listener.accept()[0]
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.stream = Stream(connection)
                self.peer.taken = 0

    def is_stalled(self) -> bool:
        return self.peer.mode == "stall" and self.peer.taken >= self.peer.after

    def serve(self, stream: Stream) -> None:
        peer = self.peer
        left = max(1, peer.after - peer.taken) if peer.mode in ("reset", "close", "stall") else 4096
        data = stream.read(16 if peer.mode == "slow" else left)
        if not data:
            if self.listener:
                stream.close()
                self.stream = None
            else:
                time.sleep(0.02)  # Nobody has the terminal open.
            return
        self.say(stream, peer.take(data))
        if peer.delay:
            time.sleep(peer.delay)
        if peer.mode in ("reset", "close") and peer.taken >= peer.after:
            stream.close(reset=peer.mode == "reset")
            self.stream = None

    def say(self, stream: Stream, answer: bytes) -> None:
        for piece in dressed(self.peer, answer):
            stream.write(piece)
            time.sleep(0.01 if self.peer.mode in ("split", "asb", "garbage") else 0)

    def obey(self, words: list[str]) -> None:
        peer = self.peer
        if words[0] == "quit":
            sys.exit(0)
        if words[0] == "bytes":
            answer = peer.printed.hex()
        elif words[0] == "pulses":
            answer = str(peer.pulses)
        else:
            setattr(peer, words[0], type(getattr(peer, words[0]))(words[1]))
            if self.stream:
                self.say(self.stream, peer.work_off())
            else:
                peer.work_off()
            answer = "ok"
        print(answer, flush=True)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("kind", choices=("tcp", "pty"))
    words.add_argument("--mode", default="normal")
    words.add_argument("--after", type=int, default=0)
    words.add_argument("--delay", type=float, default=0.0)
    words.add_argument("--paper", default="ok")
    words.add_argument("--cover", default="shut")
    words.add_argument("--port", type=int, default=0)
    given = words.parse_args()
    peer = Peer(given.mode, given.after, given.delay, given.paper, given.cover)
    listener, master = None, -1
    if given.kind == "tcp":
        listener = socket.create_server(("127.0.0.1", given.port), backlog=1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        print(listener.getsockname()[1], flush=True)
    else:
        master, slave = os.openpty()
        tty.setraw(slave)
        # The slave stays open here, or the master would report a hang-up between two jobs.
        print(os.ttyname(slave), flush=True)
    Service(peer, listener, master).run()


if __name__ == "__main__":
    main()
