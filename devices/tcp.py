"""Printers on the network."""

from __future__ import annotations

import os
import socket
import struct
import sys

from devices.channel import Channel, Transport, reason_of
from devices.faults import ConnectionBroken, SendStalled, Unreachable

CONNECT_TIMEOUT_S = 3.0


class Tcp(Transport):
    """A printer on the network, usually port 9100."""

    def __init__(
        self, host: str, port: int = 9100, *, connect_s: float = CONNECT_TIMEOUT_S
    ) -> None:
        self.host, self.port, self.connect_s = host, port, connect_s
        self.name = f"tcp {host}:{port}"

    def open(self) -> Channel:
        try:
            connection = socket.create_connection((self.host, self.port), self.connect_s)
        except OSError as error:
            raise Unreachable(device=self.name, reason=reason_of(error)) from error
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _TcpChannel(connection, self.name)


class _TcpChannel(Channel):
    def __init__(self, connection: socket.socket, name: str) -> None:
        self._socket, self._name = connection, name

    def write_some(self, data: bytes, timeout_s: float) -> int:
        self._socket.settimeout(timeout_s)
        try:
            return self._socket.send(data)
        except TimeoutError as error:
            raise SendStalled(device=self._name, seconds=timeout_s) from error
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def read(self, timeout_s: float) -> bytes:
        self._socket.settimeout(max(timeout_s, 0.001))
        try:
            got = self._socket.recv(4096)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error
        if not got:
            raise ConnectionBroken(device=self._name, reason="closed by the device")
        return got

    def unsent(self) -> int:
        if error := self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise ConnectionBroken(device=self._name, reason=os.strerror(error))
        return _queued_in_system(self._socket.fileno())

    def discard(self) -> None:
        # A reset instead of a polite close: the kernel drops what it still holds.
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            return  # The socket is dead already and holds nothing.

    def close(self) -> None:
        # Unread answers would turn the close into a reset, and that can undo our last bytes.
        self._socket.settimeout(0)
        try:
            while self._socket.recv(4096):
                continue
        except OSError:
            pass  # Nothing left to read; a broken connection is closed all the same.
        self._socket.close()


def _queued_in_system(descriptor: int) -> int:
    """Bytes that the kernel holds and the other side has not taken; 0 where it cannot be asked."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    try:
        answer = fcntl.ioctl(descriptor, termios.TIOCOUTQ, b"\0\0\0\0")
    except OSError:
        return 0
    return int.from_bytes(answer, sys.byteorder)
