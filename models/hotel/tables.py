"""The tables of the hotel, in the order in which they name each other."""

from __future__ import annotations

from models.base.database import Row
from models.hotel import (
    day_figures,
    folio_lines,
    groups,
    rates,
    room_days,
    rooms,
    services,
    stays,
    windows,
)

TABLES: tuple[type[Row], ...] = (
    rooms.RoomType, rooms.Room, rooms.RoomClosing, room_days.RoomDay, rates.RatePlan,
    rates.RatePrice, stays.Booking, stays.Stay, stays.StayGuest, stays.Night, groups.BlockRoom,
    services.Service, folio_lines.FolioLine, windows.Window, windows.Routing,
    day_figures.DayFigures,
)  # fmt: skip
