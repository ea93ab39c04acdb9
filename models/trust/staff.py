"""Users and their rights: adding people, changing their role, their secrets.

Nobody grants a right to himself.
"""

from __future__ import annotations

from peewee import fn

from models.base.keys import new_key
from models.base.refusals import Refusal
from models.trust import secrets
from models.trust.operation import Job, operation
from models.trust.roles import VERBS
from models.trust.users import Department, Role, RoleRight, User

# What secrets.hash_password and hash_pin gave: hashing is slow and happens before the operation
# begins.
PasswordHash = str


class UserChanged(Refusal):
    """Somebody else changed this user in the meantime."""


class LoginTaken(Refusal):
    """Another user has this number or name to sign in with."""


class OwnRights(Refusal):
    """Nobody changes his own role or the rights of his own role."""


class LastOwner(Refusal):
    """The store must keep somebody who holds every right."""


class RoleUnknown(Refusal):
    """No such role, department or verb."""


class WrongOldSecret(Refusal):
    """The old password is not right."""


@operation(right="keep staff")
def add_user(
    job: Job,
    *,
    login: str,
    name: str,
    department: Department,
    role: Role,
    password_hash: PasswordHash,
    pin_hash: str = "",
    language: str = "zh",
    pinyin: str = "",
    must_change: bool = True,
) -> User:
    """Add somebody who may sign in; the first password must be changed at the first sign-in.

    Refuses: LoginTaken, OwnRights (a role that holds more than one's own needs "grant rights").
    """
    _check_login(login, None)
    _check_role(job, role)

    user = new_user(
        job, login=login, name=name, department=department, role=role, password_hash=password_hash,
        pin_hash=pin_hash, language=language, pinyin=pinyin, must_change=must_change,
    )  # fmt: skip
    job.note(user=name, login=user.login, role=role.name)
    return user


def new_user(job: Job | None, **values: object) -> User:
    """A user row, inside an operation or the making of a store."""
    from models.base import clock

    values["login"] = str(values["login"]).strip().lower()
    return User.create(key=new_key(), created_at=clock.now(), **values)


@operation(right="keep staff")
def change_user(
    job: Job,
    user: User,
    *,
    version: int,
    login: str,
    name: str,
    department: Department,
    role: Role,
    is_active: bool,
    language: str,
    pinyin: str = "",
) -> User:
    """Change who somebody is; a disabled user is out at his next action.

    Refuses: UserChanged, LoginTaken, OwnRights, LastOwner.
    """
    found = User.get_or_none(User.key == user.key)
    if found is None or found.version != version:
        raise UserChanged(user=user.name)
    _check_login(login, found.key)
    if found.role_id != role.key:
        if found.key == job.user:
            raise OwnRights()
        _check_role(job, role)
    if found.role.holds_all and (not is_active or not role.holds_all):
        _check_owner_left(found)

    before = [found.login, found.name, found.role.name, found.is_active]
    found.login, found.name, found.pinyin = login.strip().lower(), name, pinyin
    found.department, found.role = department, role
    found.is_active, found.language, found.version = is_active, language, version + 1
    found.save()
    job.note(user=name, before=before, after=[found.login, name, role.name, is_active])
    return found


def _check_login(login: str, key: int | None) -> None:
    same = User.get_or_none(User.login == login.strip().lower())
    if not login.strip() or (same is not None and same.key != key):
        raise LoginTaken(login=login.strip())


def _check_role(job: Job, role: Role) -> None:
    # A manager may hire cashiers; a role beyond his own takes somebody who grants rights.
    if role.holds_all and not job.rights.holds_all:
        raise OwnRights()
    held = [right.verb for right in RoleRight.select().where(RoleRight.role == role)]
    if any(not job.rights.holds(verb) for verb in held):
        job.require("grant rights")


def _check_owner_left(leaving: User) -> None:
    others = (
        User.select(fn.COUNT(User.key))
        .join(Role)
        .where(Role.holds_all, User.is_active, User.key != leaving.key)
        .scalar()
    )
    if not others:
        raise LastOwner()


@operation(right="keep staff")
def reset_password(job: Job, user: User, password_hash: PasswordHash) -> None:
    """Give somebody a first password again, to be changed at the next sign-in."""
    if user.role.holds_all and not job.rights.holds_all:
        raise OwnRights()
    _set_hashes(job, user.key, password_hash=password_hash, must_change=True)
    job.note(user=user.name)


@operation(right="change own secret")
def change_own_secrets(
    job: Job,
    *,
    password_hash: PasswordHash | None = None,
    pin_hash: str | None = None,
    override_hash: str | None = None,
) -> None:
    """A new password, PIN or override PIN of one's own; None leaves one as it is."""
    values: dict[str, object] = {}
    if password_hash is not None:
        values |= {"password_hash": password_hash, "must_change": False}
    if pin_hash is not None:
        values["pin_hash"] = pin_hash
    if override_hash is not None:
        values["override_hash"] = override_hash
    _set_hashes(job, job.user, **values)
    job.note(changed=sorted(values))


def _set_hashes(job: Job, key: int, **values: object) -> None:
    User.update(version=User.version + 1, **values).where(User.key == key).execute()


@operation(right="grant rights")
def grant(job: Job, role: Role, verb: str, *, most: int | None = None) -> RoleRight:
    """Add a verb to a role, or change its limit. Refuses: OwnRights, RoleUnknown."""
    _check_grant(job, role, verb)

    right = RoleRight.get_or_none(RoleRight.role == role, RoleRight.verb == verb)
    if right is None:
        right = RoleRight.create(key=new_key(), role=role, verb=verb, most=most)
    else:
        right.most = most
        right.save()
    job.note(role=role.name, verb=verb, most=most)
    return right


@operation(right="grant rights")
def revoke(job: Job, role: Role, verb: str) -> None:
    """Take a verb from a role. Refuses: OwnRights, RoleUnknown."""
    _check_grant(job, role, verb)

    RoleRight.delete().where(RoleRight.role == role, RoleRight.verb == verb).execute()
    job.note(role=role.name, verb=verb)


def _check_grant(job: Job, role: Role, verb: str) -> None:
    if verb not in VERBS or role.holds_all:
        raise RoleUnknown(role=role.name, verb=verb)
    if User.get_by_id(job.user).role_id == role.key:
        raise OwnRights()


@operation(right="unlock users")
def unlock(job: Job, login: str) -> None:
    """End the waiting after failed sign-ins, at all registers."""
    from models.trust.sign_in import Failure

    Failure.delete().where(Failure.login == login.strip().lower()).execute()
    job.note(login=login)


@operation(right="change own secret")
def choose_look(job: Job, *, language: str, theme: str) -> None:
    """Remember one's own language and colours."""
    User.update(language=language, theme=theme).where(User.key == job.user).execute()


def password_hash_of(password: str) -> PasswordHash:
    """The hash for the operations above; slow, so not on the database thread.

    Refuses: PasswordWeak.
    """
    return secrets.hash_password(password)
