"""Backups: made while the counter sells, proved, kept by rule, restored on a bare machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest

from models import store
from models.base import copying, database
from models.base.database import StoreDamaged, sqlite_path
from models.base.hot import query
from models.base.refusals import Refusal
from models.ledger.daily import days
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.ledger.proving.restoring import (
    CopyClosed,
    CopyDamaged,
    CopyUnreadable,
    Restored,
    RestoreUnwritable,
    Restoring,
    restore,
)
from models.shop import basket, bill_life
from models.trust import audit, backup, sign_in
from models.trust.backup import (
    MANIFEST,
    Backup,
    BackupElsewhere,
    BackupNoRoom,
    BackupUnwritable,
    Copy,
    CopyUnsound,
    Keep,
    Plan,
    back_up,
    copies,
    kept,
    newest_verified,
)
from models.trust.heads import CopyRewritten, heads_lost
from models.trust.operation import NeedsOverride, new_uid
from models.trust.registers import Register, RegisterInUse, RegisterReplaced, save_register
from tests.stores import PASSWORD, Shop

pytestmark = pytest.mark.row("SYS-07", "SYS-08", "NFR-03")


@pytest.fixture
def till(shop_on: Callable[[str], Shop], tmp_path: Path) -> Shop:
    """A shop in a file, with keys of its own."""
    shop = shop_on("sqlite")
    keys = tmp_path / "keys"
    shutil.copytree(shop.keys_folder, keys)
    shop.keys_folder = keys
    return shop


def plan_of(till: Shop, tmp_path: Path, **more: object) -> Plan:
    return Plan(tmp_path / "copies", till.keys_folder, **more)  # type: ignore[arg-type]


def wanted(till: Shop, copy: Copy, **more: object) -> Restoring:
    values: dict[str, object] = {"login": "owner", "password": PASSWORD, **more}
    return Restoring(copy.path, sqlite_path(till.url), till.keys_folder, **values)  # type: ignore[arg-type]


def reopen(till: Shop, register: int = 1) -> None:
    till.register = store.open_store(till.url, till.keys_folder, register=register).number


def test_a_copy_is_proved_and_named(till: Shop, tmp_path: Path) -> None:
    till.open_shift()
    till.sell("1001")
    copy = back_up(plan_of(till, tmp_path), till.owner)
    assert copy.path.exists()
    assert copy.sha256 == backup.sha256_of(copy.path)
    assert (copy.day, copy.last_number, copy.counts["sale"]) == ("2026-03-02", "S01-000001", 1)
    assert newest_verified(copy.folder) == copy
    row = audit.Audit.select().order_by(audit.Audit.seq.desc()).first()
    assert (row.verb, row.detail["sha256"]) == ("backup proved", copy.sha256)
    assert not proof.verify()


def test_the_counter_sells_between_the_steps(
    till: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAGES", 20)
    till.open_shift()
    run = Backup(plan_of(till, tmp_path))
    for _ in run.copy_steps():
        till.sell("1001", "1002")
    copy = run.finish()
    sold = Document.select().where(Document.kind == "sale").count()
    assert 3 < copy.counts["sale"] <= sold
    assert not proof.verify()


def test_a_copy_given_up_leaves_no_copy(
    till: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAGES", 20)
    run = Backup(plan_of(till, tmp_path))
    steps = run.copy_steps()
    next(steps)
    steps.close()
    assert newest_verified(tmp_path / "copies") is None
    till.open_shift()
    till.sell("1001")
    back_up(plan_of(till, tmp_path))
    assert not list((tmp_path / "copies").glob(".*"))


def test_a_copy_that_does_not_prove_is_refused(till: Shop, tmp_path: Path) -> None:
    with database.transaction():
        database.database.execute_sql('UPDATE "stock" SET "quantity" = "quantity" + 1')
    with pytest.raises(CopyUnsound) as refused:
        back_up(plan_of(till, tmp_path))
    assert "StockWrong" in str(refused.value.fields["first"])
    assert newest_verified(tmp_path / "copies") is None


def test_only_whole_copies_with_their_manifest_count(till: Shop, tmp_path: Path) -> None:
    first = back_up(plan_of(till, tmp_path))
    till.clock.move(hours=1)
    second = back_up(plan_of(till, tmp_path))
    second.path.write_bytes(second.path.read_bytes()[:-1])
    assert copies(first.folder) == [first]
    first.path.with_suffix(".json").write_text("{}")
    assert copies(first.folder) == []


@pytest.mark.row("SYS-39")
def test_an_encrypted_copy_is_unreadable_without_the_key(till: Shop, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    till.open_shift()
    copy = back_up(plan_of(till, tmp_path, recipient=str(identity.to_public())))
    content = copy.path.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert "小铺".encode() not in content
    assert not list(copy.folder.glob("*.db"))
    store.close_store()
    for wrong in ("", "nonsense", str(pyrage.x25519.Identity.generate())):
        with pytest.raises(CopyClosed):
            restore(wanted(till, copy, identity=wrong))


def test_restored_on_a_bare_machine(till: Shop, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    till.open_shift()
    till.sell("1001")
    till.close_shift()
    days.close_day(till.owner, next_day=till.clock.at.date() + timedelta(days=1), uid=new_uid())
    copy = back_up(plan_of(till, tmp_path, recipient=str(identity.to_public())))
    store.close_store()

    bare = tmp_path / "bare"
    done = restore(
        Restoring(copy.path, bare / "store.db", bare / "keys", "owner", PASSWORD, str(identity))
    )
    assert done == Restored(5, "2026-03-03", ["S01-000001"], None)
    assert {path.name for path in bare.iterdir()} == {"store.db", "keys"}
    store.open_store(f"sqlite:///{bare / 'store.db'}", bare / "keys", register=5)
    # The pepper came along: PINs still work; and the signing key: heads still prove.
    till.register = 5
    sign_in.sign_in(5, "cashier", PASSWORD)
    sign_in.sign_in(5, "cashier", "271828")
    till.open_shift()
    assert till.sell("1001").label == "S05-000001"
    assert not proof.verify()


def test_a_restore_never_repeats_a_number_or_a_key(till: Shop, tmp_path: Path) -> None:
    till.open_shift()
    till.sell("1001")
    held = till.bill("1002")
    bill_life.hold_bill(till.cashier, held.draft, title="x", uid=new_uid())
    left = till.bill("1002", "1001")
    copy = back_up(plan_of(till, tmp_path))
    lost = till.sell("1003")
    store.close_store()

    done = restore(wanted(till, copy))
    assert done.old_file is not None and done.old_file.exists()
    assert done.last_numbers == ["S01-000001"]
    # Whoever still says register 1 is told which one goes on.
    with pytest.raises(RegisterReplaced) as refused:
        reopen(till)
    assert refused.value.fields == {"register": 1, "by": 5}
    reopen(till, done.register)
    assert [r.number for r in Register.select().where(~Register.is_retired)] == [5]
    sold = till.sell("1003")
    assert sold.label == "S05-000001"
    assert sold.key != lost.key and sold.key >> 40 == 5
    # Shift, bill and held bill go on here.
    found = basket.open_basket(till.cashier)
    assert (found.draft, len(found.lines)) == (left.draft, 2)
    bill_life.fetch_bill(till.cashier, held.draft, uid=new_uid())
    z = till.close_shift()
    assert (z.register, z.number) == (5, 1)
    days.close_day(till.owner, next_day=till.clock.at.date() + timedelta(days=1), uid=new_uid())
    assert not [str(each) for each in proof.verify()]
    old = Register.get_by_id(1)
    with pytest.raises(RegisterInUse):
        save_register(till.owner, 1, version=old.version, name="1", is_retired=False, uid=new_uid())
    row = audit.Audit.get(audit.Audit.verb == "restore")
    said = {name: value for name, value in row.detail.items() if name != "told"}
    assert said == {"copy": copy.name, "goes on as": 5, "registers": [1, 2, 3, 4]}

    # The same old copy once more: yet another register.
    store.close_store()
    assert restore(wanted(till, copy)).register == 6
    # And when nothing here remembers, what is on paper counts.
    shutil.rmtree(copy.folder / "x", ignore_errors=True)
    (till.keys_folder / "highest_register").unlink()
    sqlite_path(till.url).unlink()
    assert restore(wanted(till, copy, highest=11)).register == 12


def test_a_restore_asks_who_it_is(till: Shop, tmp_path: Path) -> None:
    copy = back_up(plan_of(till, tmp_path))
    store.close_store()
    before = sqlite_path(till.url).read_bytes()
    with pytest.raises(sign_in.SignInFailed):
        restore(wanted(till, copy, password="wrong password"))
    with pytest.raises(NeedsOverride):
        restore(wanted(till, copy, login="cashier"))
    assert sqlite_path(till.url).read_bytes() == before


def test_a_copy_that_was_changed_is_refused(till: Shop, tmp_path: Path) -> None:
    copy = back_up(plan_of(till, tmp_path))
    store.close_store()
    content = bytearray(copy.path.read_bytes())
    content[len(content) // 2] ^= 1
    copy.path.write_bytes(content)
    with pytest.raises(CopyDamaged) as refused:
        restore(wanted(till, copy))
    assert refused.value.fields["first"] == "sha256"
    # Without its manifest the file itself is looked at.
    copy.path.with_suffix(".json").unlink()
    copy.path.write_bytes(b"no database" * 400)
    with pytest.raises(CopyDamaged):
        restore(wanted(till, copy))
    copy.path.unlink()
    with pytest.raises(CopyUnreadable):
        restore(wanted(till, copy))


def test_a_restore_where_nothing_can_be_written(till: Shop, tmp_path: Path) -> None:
    copy = back_up(plan_of(till, tmp_path))
    store.close_store()
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "store.db"
    with pytest.raises(RestoreUnwritable):
        restore(Restoring(copy.path, place, till.keys_folder, "owner", PASSWORD))


def test_a_damaged_store_names_the_newest_copy(till: Shop, tmp_path: Path) -> None:
    copy = back_up(plan_of(till, tmp_path))
    store.close_store()
    sqlite_path(till.url).write_bytes(b"\x00garbage" * 1000)
    with pytest.raises(StoreDamaged):
        store.open_store(till.url, till.keys_folder, register=1)
    assert newest_verified(tmp_path / "copies") == copy
    assert restore(wanted(till, copy)).register == 5
    reopen(till, 5)
    assert not proof.verify()


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.long)])
def test_a_flipped_page_is_noticed(till: Shop, step: int) -> None:
    """Damage in the middle of the file: the quick look at the start sees a torn page."""
    till.open_shift()
    for _ in range(5):
        till.sell("1001", "1002", "1003")
    store.close_store()
    path = sqlite_path(till.url)
    whole = path.read_bytes()
    seen = 0
    pages = range(3, len(whole) // 4096, step)
    for page in pages:
        path.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        try:
            store.open_store(till.url, till.keys_folder, register=1)
            seen += bool(proof.verify())
        except Refusal:
            seen += 1
        finally:
            store.close_store()
    path.write_bytes(whole)
    # A page of the free list may go unseen: nothing is on it.
    assert seen >= len(pages) - 1


def test_postgres_is_backed_up_elsewhere(shop_on: Callable[[str], Shop], tmp_path: Path) -> None:
    shop = shop_on("postgres")
    with pytest.raises(BackupElsewhere):
        Backup(plan_of(shop, tmp_path))


def test_a_folder_that_cannot_be_written(till: Shop, tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("in the way")
    with pytest.raises(BackupUnwritable):
        Backup(plan_of(till, tmp_path))


def test_no_room_for_a_copy(till: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1 << 20))
    with pytest.raises(BackupNoRoom):
        Backup(plan_of(till, tmp_path))


def _copy(made_at: datetime) -> Copy:
    name = f"deskbell-{made_at:%Y%m%dT%H%M%S%f}.db"
    return Copy(name, Path(), made_at, 1, "", 1, "", [], [], {}, 1)


def test_the_rules_of_keeping() -> None:
    start = datetime(2024, 1, 1, 0, 30, tzinfo=UTC)
    made = [_copy(start + timedelta(hours=3 * n)) for n in range(8 * 800)]
    left = kept(made, Keep(hourly=24, daily=30, monthly=12))
    assert left[0] == made[-1]
    assert len([c for c in left if c.made_at > made[-1].made_at - timedelta(hours=72)]) == 24
    per_day = {c.made_at.date() for c in left if c.made_at > made[-1].made_at - timedelta(days=30)}
    assert len(per_day) == 30
    assert len({(c.made_at.year, c.made_at.month) for c in left}) >= 12
    assert {c.made_at.year for c in left} == {2024, 2025, 2026}
    # The newest of a year is its end.
    ends = [max(c.made_at for c in left if c.made_at.year == year) for year in (2024, 2025)]
    assert [(end.month, end.day) for end in ends] == [(12, 31), (12, 31)]
    # Keeping is stable: what is left is what would be left again.
    assert kept(left, Keep(24, 30, 12)) == left


def test_old_copies_go(till: Shop, tmp_path: Path) -> None:
    plan = plan_of(till, tmp_path, keep=Keep(hourly=2, daily=1, monthly=0))
    for _ in range(3):
        back_up(plan)
        till.clock.move(hours=1)
    left = copies(plan.folder)
    assert len(left) == 2
    assert len(list(plan.folder.iterdir())) == 4


def test_the_age_of_the_newest(till: Shop, tmp_path: Path) -> None:
    copy = back_up(plan_of(till, tmp_path))
    till.clock.move(hours=25)
    assert copy.age() > timedelta(hours=24)
    assert json.loads(copy.path.with_suffix(".json").read_text())["day"] == "2026-03-02"


def test_leaving_with_a_copy_is_audited_and_needs_the_right(till: Shop) -> None:
    backup.allow_backup(till.owner, uid=new_uid())
    with pytest.raises(NeedsOverride):
        backup.allow_backup(till.cashier, uid=new_uid())
    verbs = [row[0] for row in query('SELECT "verb" FROM "audit" ORDER BY "seq" DESC LIMIT 2')]
    assert verbs == ["denied", "allow_backup"]


# What manifests know of the logs.


def _worked_on(till: Shop, tmp_path: Path) -> Copy:
    till.open_shift()
    till.sell("1001")
    copy = back_up(plan_of(till, tmp_path))
    # The next copy is of another hour: both are kept.
    till.clock.move(hours=2)
    return copy


def test_a_store_put_back_to_an_older_state_is_named(till: Shop, tmp_path: Path) -> None:
    older = _worked_on(till, tmp_path)
    till.sell("1002")
    newer = back_up(plan_of(till, tmp_path))
    assert heads_lost(older.folder) == []
    store.close_store()
    shutil.copyfile(older.path, sqlite_path(till.url))
    reopen(till)
    assert not proof.verify()
    ((register, seq, _),) = newer.heads
    found = [(each.code, each.where) for each in heads_lost(older.folder)]
    assert found == [("HeadLost", f"{register}:{seq}")]
    # Going on does not hide it: the row that comes at the place is another one.
    till.sell("1001")
    till.sell("1001")
    assert [each.code for each in heads_lost(older.folder)] == ["HeadLost"]


def test_a_restored_store_owes_nothing_to_newer_copies(till: Shop, tmp_path: Path) -> None:
    older = _worked_on(till, tmp_path)
    till.sell("1002")
    back_up(plan_of(till, tmp_path))
    store.close_store()
    done = restore(wanted(till, older))
    reopen(till, done.register)
    assert heads_lost(older.folder) == []
    assert not proof.verify()


def test_a_manifest_altered_is_named(till: Shop, tmp_path: Path) -> None:
    copy = _worked_on(till, tmp_path)
    manifest = copy.path.with_suffix(MANIFEST)
    for name, other in (("heads", []), ("counts", {}), ("mark", "0" * 32), ("day", "2026-01-01")):
        before = manifest.read_text(encoding="utf-8")
        values = json.loads(before) | {name: other}
        manifest.write_text(json.dumps(values), encoding="utf-8")
        assert [each.code for each in heads_lost(copy.folder)] == ["ManifestAltered"]
        manifest.write_text(before, encoding="utf-8")
    assert heads_lost(copy.folder) == []


def test_a_copy_that_lacks_what_an_older_one_knows_is_not_restored(
    till: Shop, tmp_path: Path
) -> None:
    """Somebody puts the store back to an older state and waits for the next copy."""
    store.close_store()
    before = tmp_path / "before.db"
    shutil.copyfile(sqlite_path(till.url), before)
    reopen(till)
    _worked_on(till, tmp_path)
    store.close_store()
    shutil.copyfile(before, sqlite_path(till.url))
    reopen(till)
    till.open_shift()
    copy = back_up(plan_of(till, tmp_path))
    store.close_store()
    with pytest.raises(CopyRewritten) as refused:
        restore(wanted(till, copy))
    assert str(refused.value.fields["first"]).startswith("HeadLost 1:")
    reopen(till)
