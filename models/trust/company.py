"""The store itself (公司基本资料): name, address, languages, zone. All are settings."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from models.base.money import currency
from models.trust.settings import setting


def _is_currency(code: str) -> bool:
    try:
        currency(code)
    except (KeyError, ValueError):
        return False
    return True


name = setting("company.name", "", check=lambda text: 0 < len(text) <= 60)
branch = setting("company.branch", "", check=lambda text: len(text) <= 60)
address = setting("company.address", "", check=lambda text: len(text) <= 120)
phone = setting("company.phone", "", check=lambda text: len(text) <= 40)
tax_number = setting("company.tax_number", "", check=lambda text: len(text) <= 30)
footer = setting("company.footer", "", check=lambda text: len(text) <= 200)
currency_code = setting("company.currency", "CNY", check=_is_currency, is_fixed=True)
zone = setting("company.zone", "Asia/Shanghai", check=lambda text: text in available_timezones())
language = setting("company.language", "zh", allowed=("zh", "en"))
slip_language = setting("company.slip_language", "zh", allowed=("zh", "en", "both"))
is_demo = setting("company.is_demo", False)


def store_zone() -> ZoneInfo:
    """The time zone in which the store's times are shown."""
    return ZoneInfo(zone.value())
