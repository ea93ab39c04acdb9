"""Makes the transport of a device from its table in config.toml."""

from __future__ import annotations

from collections.abc import Mapping

from devices import tables
from devices.channel import Transport
from devices.faults import BadDeviceTable
from devices.files import DeviceFile, Memory, PlainFile
from devices.serial_port import Serial
from devices.tcp import CONNECT_TIMEOUT_S, Tcp
from devices.winspool import WindowsSpooler


def make_transport(table: Mapping[str, object]) -> Transport:
    """The transport that a device's table asks for by its key `connect`."""
    connect = tables.text(table, "connect")
    if connect == "tcp":
        connect_s = tables.seconds(table, "connect_timeout_s", CONNECT_TIMEOUT_S)
        host, port = tables.text(table, "host"), tables.whole(table, "port", 9100)
        return Tcp(host, port, connect_s=connect_s)
    if connect == "serial":
        return Serial.from_table(table)
    if connect == "device":
        return DeviceFile(tables.text(table, "path"))
    if connect == "file":
        return PlainFile(tables.text(table, "path"))
    if connect == "spooler":
        return WindowsSpooler(tables.text(table, "printer"))
    if connect == "memory":
        return Memory()
    raise BadDeviceTable(key="connect", value=connect)
