"""Device files, ordinary files, and memory."""

from __future__ import annotations

import errno
import os
import select
import sys
import time

from devices.channel import Channel, Transport, reason_of
from devices.faults import ConnectionBroken, SendStalled, Unreachable


class DeviceFile(Transport):
    """A printer as a device file, such as /dev/usb/lp0."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = f"device {path}"

    def open(self) -> Channel:
        if sys.platform == "win32":
            raise Unreachable(device=self.name, reason="no device files on Windows")
        flags = os.O_NONBLOCK | os.O_NOCTTY
        try:
            try:
                return _FileChannel(os.open(self.path, os.O_RDWR | flags), self.name)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EINVAL, errno.EPERM):
                    raise
                channel = _FileChannel(os.open(self.path, os.O_WRONLY | flags), self.name)
                channel.can_read = False
                return channel
        except OSError as error:
            raise Unreachable(device=self.name, reason=reason_of(error)) from error


class _FileChannel(Channel):
    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor, self._name = descriptor, name

    def write_some(self, data: bytes, timeout_s: float) -> int:
        try:
            if not select.select([], [self._descriptor], [], timeout_s)[1]:
                raise SendStalled(device=self._name, seconds=timeout_s)
            return os.write(self._descriptor, data)
        except BlockingIOError as error:
            raise SendStalled(device=self._name, seconds=timeout_s) from error
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def read(self, timeout_s: float) -> bytes:
        try:
            if not select.select([self._descriptor], [], [], timeout_s)[0]:
                return b""
            got = os.read(self._descriptor, 4096)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error
        if not got:  # An idle usblp answers a read with nothing instead of blocking.
            time.sleep(min(timeout_s, 0.02))
        return got

    def close(self) -> None:
        os.close(self._descriptor)


class PlainFile(Transport):
    """Adds every job to the end of an ordinary file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = f"file {path}"

    def open(self) -> Channel:
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise Unreachable(device=self.name, reason=reason_of(error)) from error
        return _PlainChannel(descriptor, self.name)


class _PlainChannel(_FileChannel):
    can_read = False

    def write_some(self, data: bytes, timeout_s: float) -> int:
        try:
            return os.write(self._descriptor, data)
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error


class Memory(Transport):
    """Keeps every job in `jobs`: for tests and for rendering without a device."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self.name = "memory"

    def open(self) -> Channel:
        return _MemoryChannel(self.jobs)


class _MemoryChannel(Channel):
    can_read = False

    def __init__(self, jobs: list[bytes]) -> None:
        self._jobs, self._job = jobs, bytearray()

    def write_some(self, data: bytes, timeout_s: float) -> int:
        self._job += data
        return len(data)

    def close(self) -> None:
        if self._job:
            self._jobs.append(bytes(self._job))
