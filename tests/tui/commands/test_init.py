"""`deskbell init`: a store from a file of answers, or asked for in plain lines."""

from __future__ import annotations

import os
import pty
import re
import select
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models import store
from models.trust import company, sign_in
from tests.tui.commands.conftest import Run, write_answers
from tui.commands.place import Place, opened


@pytest.mark.row("SYS-14")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_init_with_answers(run: Run, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "a shop 店"
    answers = write_answers(tmp_path, language=language, name="转角小店 Corner")
    said = run("--store", folder, "init", "--answers", answers)
    assert said.status == 0, said.err
    assert str(folder) in said.out
    with opened(Place(folder)):
        assert company.name.value() == "转角小店 Corner"
        assert company.address.value() == "南京路 1 号"
        assert company.language.value() == language
        assert not company.is_demo.value()
        assert sign_in.sign_in(1, "1", "correct horse").register == 1
    assert run("--store", folder, "verify").status == 0
    own = (folder / "config.toml").read_text(encoding="utf-8")
    assert f'screen = "{language}"' in own


@pytest.mark.row("SYS-14")
def test_the_first_business_day_is_the_stores_own_date(run: Run, shop: Path) -> None:
    from models.base.database import store_number
    from models.trust.operation import open_day

    with opened(Place(shop)):
        assert open_day(store_number()) == datetime.now(UTC).astimezone(
            ZoneInfo("Asia/Shanghai")
        ).date()  # fmt: skip


def test_secrets_are_closed_to_others(shop: Path) -> None:
    assert stat.S_IMODE(shop.stat().st_mode) == 0o700
    assert stat.S_IMODE((shop / "keys").stat().st_mode) == 0o700
    for key in (shop / "keys").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    kept = [path for path in shop.rglob("*") if path.is_file()]
    assert not any(b"correct horse" in path.read_bytes() for path in kept)


def test_a_store_is_never_made_over_another(run: Run, shop: Path, tmp_path: Path) -> None:
    before = (shop / "store.db").read_bytes()
    said = run("--store", shop, "init", "--answers", tmp_path / "answers.toml")
    assert said.status == 1
    assert (shop / "store.db").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('name = ""', "store.name"),
        ('nmae = "x"', "store.name"),
        ('currency = "XYZ"', "store.currency"),
        ('zone = "Moon"', "store.zone"),
        ("tax_percent = 130", "store.tax_percent"),
        ("trades = []", "store.trades"),
        ('trades = ["shop", "shop"]', "store.trades"),
        ('trades = ["bakery"]', "store.trades"),
        ("registers = 0", "store.registers"),
        ('prices_include_tax = "yes"', "store.prices_include_tax"),
        ('language = "fr"', "store.language"),
    ],
)
def test_each_wrong_answer_is_told_by_its_key(
    run: Run, tmp_path: Path, line: str, told: str
) -> None:
    key = line.split(" ")[0]
    text = write_answers(tmp_path).read_text(encoding="utf-8")
    text = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace("[store]\n", f"[store]\n{line}\n"), encoding="utf-8")
    said = run("--store", tmp_path / "new", "init", "--answers", path)
    assert said.status == 1
    assert told in said.err
    assert not (tmp_path / "new").exists()


def test_a_weak_password_is_refused_and_never_shown(run: Run, tmp_path: Path) -> None:
    path = write_answers(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("correct horse", "pw12"), encoding="utf-8")
    said = run("--store", tmp_path / "new", "init", "--answers", path)
    assert said.status == 1
    assert "pw12" not in said.out + said.err
    path.write_text(text.replace("correct horse", "password"), encoding="utf-8")
    said = run("--store", tmp_path / "new", "init", "--answers", path)
    assert said.status == 1
    assert not (tmp_path / "new" / "store.db").exists()


def test_the_password_beside_the_file(run: Run, tmp_path: Path) -> None:
    path = write_answers(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"password = .*\n", "", text), encoding="utf-8")
    folder = tmp_path / "new"
    words = ("--store", folder, "init", "--answers", path, "--password-stdin")
    assert run(*words, typed="from a vault\n").status == 0
    with opened(Place(folder)):
        assert sign_in.sign_in(1, "1", "from a vault")


def test_hostile_names_are_kept_and_harmless(run: Run, tmp_path: Path) -> None:
    name = "[/oops] =1+1 \\u001b[31m \\u202e'; DROP"
    said = run("--store", tmp_path / "new", "init", "--answers", write_answers(tmp_path, name=name))
    assert said.status == 0, said.err
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    assert run("--store", tmp_path / "new", "doctor").out.count("\x1b") == 0


def test_answers_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    assert run("--store", tmp_path / "n", "init", "--answers", tmp_path / "none").status == 1
    (tmp_path / "bad.toml").write_text("[store\n", encoding="utf-8")
    assert run("--store", tmp_path / "n", "init", "--answers", tmp_path / "bad.toml").status == 1


def test_without_a_person_init_needs_one(run: Run, tmp_path: Path) -> None:
    said = run("--store", tmp_path / "new", "init")
    assert said.status == 3
    assert not (tmp_path / "new").exists()


def test_what_init_left_when_it_was_killed_is_no_store(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise RuntimeError("the plug")

    path, folder = write_answers(tmp_path), tmp_path / "new"
    with monkeypatch.context() as broken:
        broken.setattr(store, "_fill", killed)
        assert run("--store", folder, "init", "--answers", path).status == 1
    assert not (folder / "store.db").exists()
    assert run("--store", folder, "init", "--answers", path).status == 0


@pytest.mark.row("SYS-29", "SYS-14")
def test_the_wizard_asks_in_a_terminal(tmp_path: Path) -> None:
    """Somebody who types `deskbell init`: a wrong answer is asked again, passwords stay unseen."""
    answers = [
        ("zh", "en"),
        ("Name of the store", "Café [/x]"),
        ("Trades of the store", "shop, salon"),
        ("Address", "1 High Street"),
        ("Telephone", ""),
        ("Tax number", ""),
        ("Currency", "florins"),
        ("Currency", "EUR"),
        ("Time zone", "Europe/Berlin"),
        ("Tax on sales", "19"),
        ("include the tax", "maybe"),
        ("include the tax", "y"),
        ("How many counters", "2"),
        ("sign in with", "boss"),
        ("owner's name", "Ada"),
        ("owner's password", "short"),
        ("owner's password", "correct horse"),
        ("Once more", "correct house"),
        ("owner's password", "correct horse"),
        ("Once more", "correct horse"),
    ]
    folder = tmp_path / "café"
    shown, status = typed_into(["--store", str(folder), "init"], answers)
    assert status == 0, shown
    assert "correct horse" not in shown
    with opened(Place(folder)):
        assert company.name.value() == "Café [/x]"
        assert company.currency_code.value() == "EUR"
        assert company.zone.value() == "Europe/Berlin"
        assert sign_in.sign_in(1, "boss", "correct horse")


@pytest.mark.row("SYS-29")
def test_the_first_start_offers_to_make_a_store(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    shown, status = typed_into(["--store", str(folder)], [("y/n", "n")], lang="zh_CN.UTF-8")
    assert status == 1
    assert "deskbell --demo" in shown
    assert not folder.exists()


def typed_into(
    words: list[str], answers: list[tuple[str, str]], *, lang: str = "en_GB.UTF-8"
) -> tuple[str, int]:
    """Run the command in a terminal of its own, answering each question as it comes."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.commands.main", *words],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "LANG": lang, "LC_ALL": lang, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(terminal)
    shown, from_here = "", 0
    try:
        for question, answer in answers:
            shown = _read_until(controller, shown, question, from_here)
            from_here = len(shown)
            os.write(controller, f"{answer}\n".encode())
        shown = _read_until(controller, shown, None, from_here)
        return shown, process.wait(20)
    finally:
        process.kill()
        process.wait()
        os.close(controller)


def _read_until(controller: int, shown: str, wanted: str | None, from_here: int) -> str:
    """Read on until the terminal shows the text, or to the end."""
    end = time.monotonic() + 20
    while wanted is None or wanted not in shown[from_here:]:
        ready, _, _ = select.select([controller], [], [], max(0, end - time.monotonic()))
        try:
            more = os.read(controller, 4096) if ready else b""
        except OSError:
            more = b""
        if not more:
            assert wanted is None, f"{wanted!r} was not asked: {shown}"
            return shown
        shown += more.decode(errors="replace")
    return shown
