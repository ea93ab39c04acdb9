"""The hotel on the screen."""

from __future__ import annotations

from tui.desk.trade_screens import TradeScreens

HOTEL = TradeScreens("hotel", settings=("tui.hotel.settings_fields:FIELDS",))
