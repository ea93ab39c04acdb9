"""Commands about the machine: devices, queue, doctor, unlock, and where a store may lie."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from models.config.config import store_folder
from models.ledger.daily import prints
from models.trust import print_queue, sign_in
from tests.tui.commands.conftest import Run, write_answers
from tui.commands import checkups, counter, place
from tui.commands.place import Place, is_on_network, opened

MANAGER = ("--user", "1", "--password-stdin")

MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:40 / {folder} rw - cifs //server/share rw
31 30 8:2 / {folder}/local rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("inside", "is_network"),
    [(".", True), ("deep/er", True), ("local", False), ("local/x", False), ("..", False)],
)
def test_a_network_drive_is_known(tmp_path: Path, inside: str, is_network: bool) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(folder=share.resolve()), encoding="utf-8")
    assert is_on_network(share / inside, mounts) is is_network


def test_a_mount_with_a_blank_in_its_name(tmp_path: Path) -> None:
    share = tmp_path / "my share"
    share.mkdir()
    mounts = tmp_path / "mounts"
    escaped = str(share.resolve()).replace(" ", "\\040")
    mounts.write_text(f"30 22 0:40 / {escaped} rw - nfs4 server:/x rw\n", encoding="utf-8")
    assert is_on_network(share, mounts)


@pytest.mark.parametrize("command", ["verify", "init", "restore"])
def test_a_store_on_a_network_drive_is_refused(
    run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(place, "is_on_network", lambda folder: True)
    answers = str(tmp_path / "answers.toml")
    words = {"init": ["--answers", answers], "restore": ["copy.db"], "verify": []}
    said = run("--store", shop, command, *words[command])
    assert said.status == 1
    assert "network" in said.err
    assert said.err.count("\n") == 1


def test_the_store_folder_may_be_named_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKBELL_STORE", str(tmp_path))
    assert store_folder() == tmp_path
    assert store_folder(demo=True) != tmp_path


def test_devices_are_listed_and_tested(run: Run, shop: Path) -> None:
    said = run("--store", shop, "devices")
    assert said.status == 0
    assert "receipt" in said.out
    assert "slips" in said.out
    assert run("--store", shop, "devices", "receipt").status == 0
    assert run("--store", shop, "devices", "scanner").status == 0
    names = [each["name"] for each in run("--store", shop, "devices", "--json").json]
    assert names == ["receipt", "scanner"]


def test_a_device_that_is_not_there(run: Run, shop: Path) -> None:
    table = '[printer.receipt]\nconnect = "tcp"\nhost = "127.0.0.1"\nport = 1\n'
    with (shop / "config.toml").open("a", encoding="utf-8") as file:
        file.write(table)
    said = run("--store", shop, "devices", "receipt")
    assert said.status == 1
    assert "127.0.0.1" in said.out
    assert not run("--store", shop, "devices", "receipt", "--json").json[-1]["is_good"]
    unknown = run("--store", shop, "devices", "kitchen")
    assert unknown.status == 1
    assert "receipt" in unknown.err


def queued(folder: Path) -> int:
    """A job that waits for the printer."""
    with opened(Place(folder)):
        from models.trust.operation import new_uid

        session = sign_in.sign_in(1, "1", "demo-manager")
        job = print_queue.last_job(1)
        assert job is not None
        key = prints.reprint(session, job.key, uid=new_uid())
        assert key is not None
        return key


def test_the_queue_listed_dropped_and_again(run: Run, demo: Path) -> None:
    assert run("--demo", "queue", "--json").json == []
    number = queued(demo)
    assert str(number) in run("--demo", "queue").out
    again = run("--demo", "queue", "again", number, *MANAGER, typed="demo-manager\n")
    assert again.status == 0
    assert len(run("--demo", "queue", "--json").json) == 2
    dropped = run("--demo", "queue", "drop", number, *MANAGER, typed="demo-manager\n")
    assert dropped.status == 0
    assert number not in [job["number"] for job in run("--demo", "queue", "--json").json]
    assert run("--demo", "queue", "drop").status == 1
    twice = run("--demo", "queue", "drop", number, *MANAGER, typed="demo-manager\n")
    assert twice.status == 1
    stylist = ("--user", "6", "--password-stdin")
    waiting = run("--demo", "queue", "--json").json[0]["number"]
    assert run("--demo", "queue", "drop", waiting, *stylist, typed="demo-auditor\n").status == 1


def test_unlock_ends_the_waiting(run: Run, demo: Path) -> None:
    for _ in range(sign_in.FREE_FAILURES + 1):
        run("--demo", "queue", "drop", 1, "--user", "2", "--password-stdin", typed="no\n")
    words = ("--demo", "queue", "drop", 1, "--user", "2", "--password-stdin")
    waits = run(*words, typed="demo-cashier\n")
    assert waits.status == 1
    assert "Wait" in waits.err and "seconds" in waits.err, waits.err
    assert run("--demo", "unlock", "2", *MANAGER, typed="demo-manager\n").status == 0
    after = run(*words, typed="demo-cashier\n")
    assert after.err != waits.err


@pytest.mark.row("SYS-24")
@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_doctor_says_what_to_do(run: Run, shop: Path, lang: str) -> None:
    said = run("--store", shop, "doctor", lang=lang)
    assert said.status == 0, said.out
    assert "deskbell backup" in said.out
    found = {each["name"]: each for each in run("--store", shop, "doctor", "--json").json}
    assert all(each["advice"] for each in found.values() if each["state"] != "good")


def test_doctor_works_without_a_store_and_with_a_bad_config(run: Run, tmp_path: Path) -> None:
    said = run("--store", tmp_path / "none", "doctor")
    assert said.status == 0
    assert "deskbell init" in said.out
    assert not (tmp_path / "none").exists()
    (tmp_path / "config.toml").write_text('[ui]\ntheme = "pink"\n', encoding="utf-8")
    said = run("--store", tmp_path, "doctor")
    assert said.status == 1
    assert "ui.theme" in said.out


def test_doctor_tells_a_damaged_store(run: Run, shop: Path) -> None:
    (shop / "store.db").write_bytes(b"no database at all" * 1000)
    said = run("--store", shop, "doctor")
    assert said.status == 1
    assert "Traceback" not in said.out + said.err


def test_doctor_measures_the_disk(tmp_path: Path) -> None:
    took_ms = checkups.flush_ms(tmp_path / "x")
    assert took_ms >= 0
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "shop"
    said = run("--store", folder, "init", "--answers", write_answers(tmp_path))
    assert said.status == 1
    assert str(folder) in said.err and "cannot be made" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("lang", ["en_GB.UTF-8", "zh_CN.UTF-8"])
def test_two_commands_on_one_key_are_refused_at_the_start(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(counter, "is_asking_possible", lambda: True)
    (shop / "config.toml").write_text('[keys]\nhold_bill = "F8"\n', encoding="utf-8")
    said = run("--store", shop, lang=lang)
    assert said.status == 1
    assert "F8" in said.err and "fetch_bill" in said.err
    assert said.err.count("\n") == 1


def test_what_a_library_warns_of_goes_to_the_log_and_not_to_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = Place(tmp_path)
    one.start_log()
    logging.getLogger("psycopg").error("a line that was lost")
    logging.getLogger("deskbell").info("begun")
    one.stop_log()
    written = (tmp_path / "logs" / "deskbell.log").read_text(encoding="utf-8")
    assert "psycopg: a line that was lost" in written and "deskbell: begun" in written
    assert capfd.readouterr().err == ""
