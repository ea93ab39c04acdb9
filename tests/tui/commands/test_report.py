"""`deskbell report`: every report in every form, its rights, and hostile names in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.base import clock
from models.base.hot import query
from models.base.money import Money, currency
from models.ledger.documents import Document
from models.reports.report import Period, make
from models.salon.appointments import BOOKED, CANCELLED, Appointment
from models.shop.trade import RETURN, SALE
from models.trust import sign_in
from models.trust.trades import TRADES
from tests.trades import REPORTS
from tests.tui.commands.conftest import Run, Said
from tui.commands.place import Place, opened
from tui.demo import build, people, salon_day
from tui.demo.build import DAYS, ZONE
from tui.demo.door import REGISTER

AUDITOR = ("--user", "6", "--password-stdin")
MANAGER = ("--user", "1", "--password-stdin")
CNY = currency("CNY")
# The town of the demonstration takes no tax of its visitors; whether all came, its dice say.
MAY_BE_EMPTY = {"visitors-tax", "tax-exempt", "no-shows"}


def as_manager(run: Run, *words: object, **more: str) -> Said:
    """The report over the days of the demonstration: the present month, which is told without,
    may have begun today.
    """
    first = datetime.now(ZoneInfo(ZONE)).date() - timedelta(days=DAYS)
    since = () if "--from" in words else ("--from", first)
    return run("--demo", "report", *words, *since, *MANAGER, typed="demo-manager\n", **more)


def test_without_a_name_they_are_listed(run: Run, shop: Path) -> None:
    said = run("--store", shop, "report")
    assert said.status == 0
    of_others = {**TRADES["hotel"].reports, **TRADES["salon"].reports}
    for kind in REPORTS:
        assert (kind.name in said.out) is (kind.name not in of_others), kind.name


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.name)
def test_every_report_shows_something(run: Run, demo: Path, kind: object) -> None:
    name = kind.name  # type: ignore[attr-defined]
    said = as_manager(run, name, "--format", "json")
    assert said.status == 0, said.err
    assert said.json["report"] == name
    assert said.json["rows"] or name in MAY_BE_EMPTY, (
        "the demonstration has nothing for this report"
    )
    if name in MAY_BE_EMPTY:
        return
    widths = {len(row) for row in said.json["rows"]}
    assert widths == {len(said.json["columns"])}


# After midnight, and when the last client of the usual day has come.
QUICK_HOURS = (time(0, 20), time(19, 45))
HALF_HOURS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 35))
LONG_HOURS = [pytest.param(at, marks=pytest.mark.long) for at in HALF_HOURS]


@pytest.mark.parametrize("at", [*QUICK_HOURS, *LONG_HOURS], ids=str)
def test_made_at_any_hour_it_has_something_for_every_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: time
) -> None:
    # On the first of a month, too.
    now = datetime(2026, 12, 1, at.hour, at.minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    monkeypatch.setattr(salon_day, "wall", lambda: now)
    salon_day.later.cache_clear()
    with clock.use(lambda: now):
        build.make(tmp_path / "demo")
        with opened(Place(tmp_path / "demo")):
            boss = sign_in.sign_in(REGISTER, people.MANAGER.login, people.MANAGER.password)
            week = Period(date(2026, 11, 24), date(2026, 12, 1))
            empty = {kind.name for kind in REPORTS if not make(boss, kind, week).rows}
            states = {row.state for row in Appointment.select()}
    salon_day.later.cache_clear()
    assert empty <= MAY_BE_EMPTY
    assert {BOOKED, CANCELLED} <= states


def test_takings_are_what_was_sold(run: Run, demo: Path) -> None:
    by_name = {
        name: as_manager(run, f"takings-by-{name}", "--format", "json").json["totals"]
        for name in ("day", "tender", "category", "item", "cashier")
    }
    with opened(Place(demo)):
        sold = Money.total(
            (row.total for row in Document.select().where(Document.kind << [SALE, RETURN])), CNY
        )
    assert by_name["day"][-1] == str(sold)
    assert by_name["tender"][-1] == str(sold)
    assert by_name["category"][-1] == str(sold)
    assert by_name["item"][-1] == str(sold)
    assert by_name["cashier"][4] == str(sold)


@pytest.mark.parametrize("name", ["category", "item"])
def test_the_rounding_of_cash_is_no_goods(run: Run, demo: Path, name: str) -> None:
    with opened(Place(demo)):
        rounded = Money(int(query('SELECT sum("rounding") FROM "sale"')[0][0]), CNY)
    assert rounded, "nothing is rounded in the demonstration"
    rows = as_manager(run, f"takings-by-{name}", "--format", "json").json["rows"]
    assert rows[-1] == ["", "Rounding", None, None, None, None, str(rounded)]
    assert "抹零" in as_manager(run, f"takings-by-{name}", lang="zh_CN.UTF-8").out


def test_the_trial_balance_balances(run: Run, demo: Path) -> None:
    totals = as_manager(run, "trial-balance", "--format", "json").json["totals"]
    assert (totals[2], totals[5]) == ("0.00", "0.00")
    assert totals[3] == totals[4]


def test_a_period(run: Run, demo: Path) -> None:
    days = [row[0] for row in as_manager(run, "takings-by-day", "--format", "json").json["rows"]]
    words = ("takings-by-day", "--format", "json", "--from", days[1], "--to", days[2])
    assert [row[0] for row in as_manager(run, *words).json["rows"]] == days[1:3]
    said = as_manager(run, "takings-by-day", "--from", days[2], "--to", days[1])
    assert said.status == 1
    assert days[1] in said.err


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_as_text_in_both_languages(run: Run, demo: Path, lang: str) -> None:
    said = as_manager(run, "takings-by-tender", lang=lang)
    assert ("微信" in said.out) is (lang == "zh_CN.UTF-8")
    assert ("WeChat" in said.out) is (lang == "en_GB.UTF-8")


def test_csv_is_read_by_a_spreadsheet(run: Run, demo: Path) -> None:
    said = as_manager(run, "takings-by-day", "--format", "csv")
    rows = list(csv.reader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert rows[0][0] == "Business day"
    assert rows[-1][0] == "Total"


def test_xlsx_holds_numbers(run: Run, demo: Path) -> None:
    from openpyxl import load_workbook

    path = demo / "exports" / "out.xlsx"
    assert as_manager(run, "takings-by-day", "--format", "xlsx", "-o", path).status == 0
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][0] == "Business day"
    assert all(isinstance(cell, int | float) for cell in rows[1][1:])


def test_pdf_goes_to_exports(run: Run, demo: Path) -> None:
    for name in ("audit", "takings-by-item"):
        said = as_manager(run, name, "--format", "pdf")
        assert said.status == 0
    written = sorted((demo / "exports").glob("*.pdf"))
    assert len(written) == 2
    assert all(path.read_bytes().startswith(b"%PDF-") for path in written)


def test_a_file_that_cannot_be_written(run: Run, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = as_manager(run, "stock", "--format", "csv", "--output", tmp_path / "file" / "stock.csv")
    assert (said.status, said.out) == (1, "")
    assert str(tmp_path / "file") in said.err and said.err.count("\n") == 1


# Of his own work a stylist sees what he earned, and the board.
SEEN_BY_STYLISTS = ("see commission", "keep appointments")


def test_each_report_needs_its_right(run: Run, demo: Path) -> None:
    # Of his own work a stylist sees what he earned, and the board; a list of customers is refused
    # for its reach and not for a right, so that nothing is denied.
    others = [kind for kind in REPORTS if kind.right not in SEEN_BY_STYLISTS]
    own = [kind for kind in others if kind.right in ("see people", "see private facts")]
    for kind in others:
        said = run(
            "--demo", "report", kind.name, "--user", "4", "--password-stdin",
            typed="demo-stylist\n",
        )  # fmt: skip
        assert said.status == 1, kind.name
        assert said.out == ""
    audit = as_manager(run, "audit", "--format", "json").json["rows"]
    denied = [row for row in audit if row[5] == "denied"]
    assert len(denied) == len(others) - len(own)
    assert any("trial-balance" in json.dumps(row) for row in denied)


def test_what_left_as_a_file_is_audited(run: Run, demo: Path) -> None:
    assert as_manager(run, "stock", "--format", "csv").status == 0
    audit = as_manager(run, "audit", "--format", "json").json["rows"]
    assert any(row[5] == "record_export" and "stock" in row[7] for row in audit)


def test_a_wrong_password_or_report_is_a_sentence(run: Run, demo: Path) -> None:
    said = run("--demo", "report", "stock", *MANAGER, typed="wrong\n")
    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1
    said = as_manager(run, "profit")
    assert said.status == 1
    assert "trial-balance" in said.err


def test_without_a_person_somebody_is_needed(run: Run, demo: Path) -> None:
    assert run("--demo", "report", "stock").status == 3


def test_a_hostile_name_is_inert_in_every_form(run: Run, demo: Path) -> None:
    from models.base.database import transaction
    from models.goods.goods import Goods

    name = "=HYPERLINK(1) [red]\x1b[31m\x07\u202e"
    with opened(Place(demo)), transaction():
        Goods.update(name=name).where(Goods.code == "10001").execute()
    text = as_manager(run, "stock")
    assert "\x1b" not in text.out
    assert "\u202e" not in text.out
    rows = list(csv.reader(io.StringIO(as_manager(run, "stock", "--format", "csv").out)))
    cell = next(row[1] for row in rows if row[0].endswith("10001"))
    assert cell.startswith("'=")
    assert as_manager(run, "stock", "--format", "pdf").status == 0
    assert as_manager(run, "stock", "--format", "xlsx").status == 0
