"""Settings, registers, keys and staff."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from models import store
from models.base.database import transaction
from models.trust import company, keyring, registers, secrets, staff
from models.trust.audit import Audit
from models.trust.keyring import KeysUnreadable
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.records import RecordChanged, RecordTaken
from models.trust.registers import Register, RegisterInUse, RegisterUnknown
from models.trust.settings import (
    SETTINGS,
    SettingFixed,
    SettingsChanged,
    SettingWrong,
    change_settings,
    settings_version,
    store_value,
)
from models.trust.staff import (
    DepartmentInUse,
    LastOwner,
    LoginTaken,
    OwnRights,
    RoleInUse,
    RoleUnknown,
)
from models.trust.users import Department, Role, User
from tests.stores import Shop

pytestmark = pytest.mark.row("SYS-03", "SYS-04")


# --- settings


def test_settings_are_checked_and_audited(shop: Shop) -> None:
    change_settings(shop.owner, {"day.close_hour": 3, "company.phone": "021-1"}, uid=new_uid())
    assert (SETTINGS["day.close_hour"].value(), company.phone.value()) == (3, "021-1")
    row = Audit.select().order_by(Audit.seq.desc()).first()
    assert row.detail == {"company.phone": ["", "021-1"], "day.close_hour": [5, 3]}
    for values in (
        {"day.close_hour": 24},
        {"day.close_hour": "3"},
        {"day.close_hour": True},
        {"cash.step": 3},
        {"cash.step": True},
        {"stock.below_zero": "maybe"},
        {"no.such": 1},
    ):
        with pytest.raises(SettingWrong):
            change_settings(shop.owner, values, uid=new_uid())
    # One wrong value keeps the right ones out as well.
    with pytest.raises(SettingWrong):
        change_settings(shop.owner, {"company.phone": "x", "company.zone": "Mars"}, uid=new_uid())
    assert company.phone.value() == "021-1"


def test_a_transaction_sees_its_own_settings_and_none_that_were_undone(shop: Shop) -> None:
    hour = SETTINGS["day.close_hour"]
    with transaction():
        assert hour.value() == 5
        store_value(hour.name, 3)
        assert hour.value() == 3
        with suppress(Undone), transaction():
            store_value(hour.name, 4)
            assert hour.value() == 4
            raise Undone
        assert hour.value() == 3
    with suppress(Undone), transaction():
        store_value(hour.name, 6)
        assert hour.value() == 6
        raise Undone
    with transaction():
        assert hour.value() == 3
    assert hour.value() == 3


class Undone(Exception):
    """Takes back what was done."""


def test_who_saw_older_settings_is_told(shop: Shop) -> None:
    seen = settings_version()
    change_settings(shop.owner, {"company.phone": "021-1"}, version=seen, uid=new_uid())
    for values in ({"company.phone": "021-2"}, {"company.address": "南京路 1"}):
        with pytest.raises(SettingsChanged):
            change_settings(shop.owner, values, version=seen, uid=new_uid())
    assert company.phone.value() == "021-1"
    # What changes nothing counts as nothing.
    seen = settings_version()
    change_settings(shop.owner, {"company.phone": "021-1"}, version=seen, uid=new_uid())
    change_settings(shop.owner, {"company.phone": "021-3"}, version=seen, uid=new_uid())
    assert company.phone.value() == "021-3"


def test_the_currency_is_chosen_once(shop: Shop) -> None:
    with pytest.raises(SettingFixed):
        change_settings(shop.owner, {"company.currency": "USD"}, uid=new_uid())
    change_settings(shop.owner, {"company.currency": "CNY"}, uid=new_uid())


# --- registers


def test_registers_are_kept_and_retired(shop: Shop) -> None:
    found = Register.get_by_id(2)
    registers.save_register(
        shop.owner, 2, version=found.version, name="二号台", is_retired=True, uid=new_uid()
    )
    with pytest.raises(RegisterUnknown):
        shop.reopen(register=2)
    with pytest.raises(RegisterUnknown):
        shop.reopen(register=77)
    shop.reopen()
    with pytest.raises(RecordChanged):
        registers.save_register(
            shop.owner, 2, version=found.version, name="x", is_retired=False, uid=new_uid()
        )
    own = Register.get_by_id(1)
    with pytest.raises(RegisterInUse):
        registers.save_register(
            shop.owner, 1, version=own.version, name="x", is_retired=True, uid=new_uid()
        )


# --- keys


def test_without_its_keys_a_store_is_not_opened(shop: Shop, tmp_path: Path) -> None:
    store.close_store()
    with pytest.raises(KeysUnreadable):
        store.open_store(shop.url, tmp_path / "none", register=1)
    # A refused opening leaves nothing held.
    shop.reopen()
    copy = tmp_path / "keys"
    shutil.copytree(shop.keys_folder, copy)
    (copy / "pepper").unlink()
    with pytest.raises(KeysUnreadable):
        keyring.open_keys(copy, create=False)
    keyring.open_keys(shop.keys_folder, create=False)


# --- staff


def user(login: str) -> User:
    return User.get(User.login == login)


def change(shop: Shop, found: User, **values: object) -> User:
    given = {
        "version": found.version, "login": found.login, "name": found.name, "role": found.role,
        "department": found.department, "is_active": found.is_active, "language": "zh",
    }  # fmt: skip
    return staff.change_user(shop.owner, found, **(given | values), uid=new_uid())


def test_users_are_changed_by_version(shop: Shop) -> None:
    cashier = user("cashier")
    change(shop, cashier, name="张三")
    with pytest.raises(RecordChanged):
        change(shop, cashier, name="李四")
    with pytest.raises(LoginTaken):
        change(shop, user("cashier"), login=" Manager ")
    with pytest.raises(LoginTaken):
        change(shop, user("cashier"), login=" ")


def test_nobody_grants_a_right_to_himself(shop: Shop) -> None:
    owner, cashier_role = user("owner"), Role.get(Role.name == "收银员")
    with pytest.raises(OwnRights):
        change(shop, owner, role=cashier_role)
    with pytest.raises(OwnRights):
        shop.give(shop.owner, owner.role.name, sell=None)
    with pytest.raises(RoleUnknown):
        shop.give(shop.owner, cashier_role.name, fly=None)
    # A manager hires cashiers, but nobody who may do more than he does.
    hashed = secrets.hash_password("good enough pw")
    with pytest.raises(OwnRights):
        staff.add_user(
            shop.manager, login="boss", name="x", department=Department.get(), role=owner.role,
            password_hash=hashed, uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(OwnRights):
        staff.reset_password(shop.manager, owner, hashed, uid=new_uid())
    staff.add_user(
        shop.manager, login="new", name="新人", department=Department.get(), role=cashier_role,
        password_hash=hashed, uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(NeedsOverride):
        shop.give(shop.manager, cashier_role.name, see_cost=None)


def role_of(shop: Shop, name: str, scope: str = "store", **rights: int | None) -> Role:
    return staff.save_role(
        shop.owner, None, version=0, name=name, scope=scope, uid=new_uid(),
        rights={verb.replace("_", " "): most for verb, most in rights.items()},
    )  # fmt: skip


def hire(shop: Shop, role: Role, login: str = "new") -> User:
    return staff.add_user(
        shop.manager, login=login, name="新人", department=Department.get(), role=role,
        password_hash="x", uid=new_uid(),
    )  # fmt: skip


def test_who_hires_gives_no_higher_limit_than_his_own(shop: Shop) -> None:
    shop.give(shop.owner, "经理", give_discount=20_000)
    hire(shop, role_of(shop, "of 20 %", give_discount=20_000))
    for n, (name, scope, most) in enumerate(
        (("of 21 %", "store", 21_000), ("without one", "store", None), ("of all", "all", 0))
    ):
        beyond = role_of(shop, name, scope, give_discount=most)
        with pytest.raises(NeedsOverride) as denied:
            hire(shop, beyond, f"new{n}")
        assert denied.value.fields["right"] == "grant rights"
        # Nor by promoting somebody who is there.
        cashier = user("cashier")
        with pytest.raises(NeedsOverride):
            staff.change_user(
                shop.manager, cashier, version=cashier.version, login=cashier.login,
                name=cashier.name, department=cashier.department, role=beyond, is_active=True,
                language="zh", uid=new_uid(),
            )  # fmt: skip
    uid, beyond = new_uid(), Role.get(Role.name == "of all")
    staff.add_user(
        shop.manager, login="boss", name="新人", department=Department.get(), role=beyond,
        password_hash="x", uid=uid, override=shop.override(uid, by="owner"),
    )  # fmt: skip


@pytest.mark.parametrize("work", ["reset", "pins", "rename", "switch off"])
def test_who_may_do_more_is_left_alone(shop: Shop, work: str) -> None:
    """His password is not reset, his PINs are not taken, nor is anything else of him changed."""
    shop.give(shop.owner, "经理", give_discount=20_000)
    auditors, richer = user("auditor"), hire_as_owner(shop, role_of(shop, "x", give_discount=None))
    for found in (auditors, richer, user("owner")):
        with pytest.raises((NeedsOverride, OwnRights)):
            touch(shop, found, work)
    touch(shop, user("cashier"), work)
    if work == "reset":
        assert user("cashier").must_change
    if work == "pins":
        assert (user("cashier").pin_hash, user("cashier").override_hash) == ("", "")
        assert user("cashier").password_hash and not user("cashier").must_change


def hire_as_owner(shop: Shop, role: Role) -> User:
    return staff.add_user(
        shop.owner, login="rich", name="高手", department=Department.get(), role=role,
        password_hash="x", uid=new_uid(),
    )  # fmt: skip


def touch(shop: Shop, found: User, work: str) -> None:
    if work == "reset":
        staff.reset_password(shop.manager, found, "x", uid=new_uid())
    elif work == "pins":
        staff.take_pins(shop.manager, found, uid=new_uid())
    else:
        staff.change_user(
            shop.manager, found, version=found.version, login=found.login,
            name="别名" if work == "rename" else found.name, department=found.department,
            role=found.role, is_active=work != "switch off", language="zh", uid=new_uid(),
        )  # fmt: skip


def test_nobody_approves_what_makes_himself_more(shop: Shop) -> None:
    """On somebody else's screen, with the PIN of whom it is for."""
    second = hire_as_owner(shop, user("owner").role)
    owner, manager = user("owner"), Role.get(Role.name == "经理")
    uid = new_uid()
    shop.give(shop.owner, manager.name, grant_rights=None)
    approval = shop.override(uid)
    with pytest.raises(OwnRights):
        staff.save_role(
            shop.owner, manager.key, version=Role.get_by_id(manager.key).version,
            name=manager.name, scope="all", rights=staff.verbs_of(manager.key), uid=uid,
            override=approval,
        )  # fmt: skip
    uid = new_uid()
    found = user("manager")
    with pytest.raises(OwnRights):
        staff.change_user(
            shop.owner, found, version=found.version, login=found.login, name=found.name,
            department=found.department, role=owner.role, is_active=True, language="zh", uid=uid,
            override=shop.override(uid),
        )  # fmt: skip
    assert second.role_id == owner.role_id


def test_who_sees_his_team_does_not_choose_which_one_that_is(shop: Shop) -> None:
    other = staff.save_department(shop.owner, None, version=0, name="后厨", uid=new_uid())
    leaders = role_of(shop, "组长", "team", keep_staff=None)
    leader = hire_as_owner(shop, leaders)
    User.update(must_change=False).where(User.key == leader.key).execute()
    with pytest.raises(OwnRights):
        staff.change_user(
            Session(leader.key, 1), leader, version=leader.version, login=leader.login,
            name=leader.name, department=other, role=leaders, is_active=True, language="zh",
            uid=new_uid(),
        )  # fmt: skip


def test_a_store_keeps_an_owner(shop: Shop) -> None:
    second = staff.add_user(
        shop.owner, login="second", name="二东家", department=Department.get(),
        role=user("owner").role, password_hash=secrets.hash_password("good enough pw"),
        uid=new_uid(),
    )  # fmt: skip
    change(shop, second, is_active=False)
    with pytest.raises(LastOwner):
        change(shop, user("owner"), is_active=False)


def test_departments(shop: Shop) -> None:
    owner = shop.owner

    def save(key: int | None, name: str, version: int = 1, *, is_active: bool = True) -> Department:
        return staff.save_department(
            owner, key, version=version, name=name, position=1, is_active=is_active, uid=new_uid()
        )

    made = save(None, "后厨")
    with pytest.raises(RecordTaken):
        save(None, "后厨")
    save(made.key, "厨房", made.version)
    with pytest.raises(RecordChanged):
        save(made.key, "x", made.version)
    busy = Department.get(Department.key == user("cashier").department_id)
    with pytest.raises(DepartmentInUse):
        save(busy.key, busy.name, busy.version, is_active=False)


def test_roles(shop: Shop) -> None:
    def save(key: int | None, name: str, version: int = 1, **more: object) -> Role:
        values: dict[str, object] = {"rights": {"sell": None}, "scope": "own", **more}
        return staff.save_role(shop.owner, key, version=version, name=name, uid=new_uid(), **values)  # type: ignore[arg-type]

    made = save(None, "学徒")
    with pytest.raises(RecordTaken):
        save(None, "学徒")
    with pytest.raises(RoleUnknown):
        save(made.key, "学徒", made.version, rights={"fly": None})
    save(made.key, "徒弟", made.version)
    with pytest.raises(RecordChanged):
        save(made.key, "x", made.version)
    cashier = Role.get(Role.name == "收银员")
    with pytest.raises(RoleInUse):
        staff.drop_role(shop.owner, cashier.key, version=cashier.version, uid=new_uid())
