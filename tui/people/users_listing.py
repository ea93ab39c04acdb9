"""Staff who sign in (操作员): who they are, and their role."""

from __future__ import annotations

from typing import Any

from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.listings.listings import Action, Field, Link, Linked, Listing
from models.people.persons import own_record
from models.trust import secrets
from models.trust.records import linked_row
from models.trust.staff import (
    add_user,
    change_user,
    password_hash_of,
    reset_password,
    take_pins,
    unlock,
)
from models.trust.users import Department, Role, User
from receipts.words import word
from tui.people.own_secrets import wanted_of
from tui.records.asking import AskValue
from tui.records.looks import Look
from tui.widgets.panel import Confirm

TAKE_PINS = word("Take PIN and override PIN away")
OWN_RECORD = word("Own record: birthday, phone, mail")
AT_THE_FIRST = word(
    "{name} may approve for others, but not yet: a password of one's own and an override PIN are "
    "asked for at the first sign-in with the first password."
)
AT_THE_NEXT = word(
    "{name} may approve for others, by password until the next sign-in with it, which asks for an "
    "override PIN."
)
LANGUAGES = (("zh", word("Chinese")), ("en", word("English")))


class PasswordMissing(Refusal):
    """A new user needs a first password."""

    about = ("password",)


def _hashed(values: dict[str, Any]) -> dict[str, Any]:
    """Hashing is slow, so it runs before the operation. Refuses: PasswordWeak."""
    password = values.pop("password", "")
    return {**values, "password": password_hash_of(password) if password else ""}


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> User:
    password_hash = values.pop("password", "")
    values["department"] = linked_row(Department, "department", values["department"])
    values["role"] = linked_row(Role, "role", values["role"])
    values["pinyin"] = values["pinyin"] or initials(values["name"], 40)
    if key is not None:
        user = User.get_by_id(key)
        return change_user(session, user, version=version, **values)
    if not password_hash:
        raise PasswordMissing()
    values.pop("is_active")
    return add_user(session, password_hash=password_hash, **values)


def _override_awaited(user: User) -> str:
    """Who may approve for others chooses his override PIN himself, at the door: whoever made him
    would else know it, and could approve in his name. Until then he is no approver, or one by his
    password.
    """
    wanted = wanted_of(user.key)
    if not wanted.override:
        return ""
    return AT_THE_FIRST if wanted.password else AT_THE_NEXT


def _switch(session: Any, key: int, *, version: int, **how: Any) -> User:
    user = User.get_by_id(key)
    return change_user(
        session, user, version=version, login=user.login, name=user.name, pinyin=user.pinyin,
        department=user.department, role=user.role, is_active=not user.is_active,
        language=user.language, **how,
    )  # fmt: skip


async def _reset(screen: Any, line: Any) -> None:
    """A first password again; it is told once and must be changed at the next sign-in."""
    import asyncio

    field = Field("password", word("New password"), "secret", is_required=True, limit=64)
    given = await screen.desk.ask(
        AskValue(word("First password of {name}"), field, name=line.values["name"])
    )
    if given is None:
        return
    hashed = await asyncio.to_thread(secrets.hash_password, given[0])
    await screen.operate(_reset_password, line.key, hashed)
    screen.desk.inform("Saved: {name}", name=line.values["name"])


def _reset_password(session: Any, key: int, hashed: str, **how: Any) -> None:
    reset_password(session, User.get_by_id(key), hashed, **how)


async def _take_pins(screen: Any, line: Any) -> None:
    """Others may know them: both go, and the password stays."""
    name = line.values["name"]
    if await screen.desk.ask(Confirm(TAKE_PINS, is_grave=True, yes=word("Take them"))):
        await screen.operate(_without_pins, line.key)
        screen.desk.inform("Saved: {name}", name=name)


def _without_pins(session: Any, key: int, **how: Any) -> None:
    take_pins(session, User.get_by_id(key), **how)


async def _unlock(screen: Any, line: Any) -> None:
    """End the waiting after failed sign-ins."""
    await screen.operate(unlock, line.values["login"])
    screen.desk.inform("{name} can sign in again.", name=line.values["name"])


async def _own_record(screen: Any, line: Any) -> None:
    """What else the store keeps of somebody: sex, birthday, phone, mail."""
    from tui.people.people_listing import LISTING as PEOPLE
    from tui.records.forms.form import FormScreen, edit

    key, name = await screen.in_books(own_record, line.key)
    preset = {"name": name, "user": Linked(line.key, name)}
    await edit(screen.desk, FormScreen(PEOPLE, key, preset=None if key else preset))


LISTING = Listing(
    "users",
    word("Staff members"),
    User,
    order="login",
    fields=(
        Field("login", word("Signs in as"), look=Look(12, box=20), limit=20, is_required=True,
              is_sorted=True, example="105", help=word("A number or a short name.")),
        Field("name", word("Full name"), look=Look(16, box=30), limit=40, is_required=True,
              is_sorted=True, is_typed=True, example="王小明"),
        Field("pinyin", word("Initials"), look=Look(10), limit=40, is_listed=False,
              help=word("Pinyin initials for finding; blank: made from the name.")),
        Field("department", word("Department"), "link", look=Look(16, box=24, drop=2),
              is_required=True,
              link=Link("departments", Department)),
        Field("role", word("Role"), "link", look=Look(18, box=24), is_required=True,
              link=Link("roles", Role)),
        Field("language", word("Language"), "choice", look=Look(8, drop=3), choices=LANGUAGES,
              default="zh", is_required=True),
        Field("password", word("First password"), "secret", limit=64, is_fixed=True,
              help=word("Of a new user, who changes it at once. Later: F8 in the list.")),
        Field("is_active", word("In use"), "yes-no", look=Look(drop=1), default=True,
              help=word("Switched off: out at the next action, and cannot sign in.")),
    ),
    find=("login", "name", "pinyin"),
    owners=("key",),
    right="keep staff",
    change_right="keep staff",
    save=_save,
    drop=_switch,
    is_switched=True,
    ready=_hashed,
    saved=_override_awaited,
    actions=(
        Action(OWN_RECORD, _own_record, "keep people"),
        Action(word("Give a first password again"), _reset, "keep staff"),
        Action(TAKE_PINS, _take_pins, "keep staff"),
        Action(word("End the wait after failed sign-ins"), _unlock, "unlock users"),
    ),
)  # fmt: skip
