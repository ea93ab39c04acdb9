"""Users and their rights: adding people, changing their role, their secrets.

Nobody grants a right to himself.
"""

from __future__ import annotations

from peewee import fn

from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.trust import secrets
from models.trust.operation import APPROVE, Job, operation
from models.trust.records import RecordChanged, RecordTaken, put, row_at
from models.trust.roles import verbs
from models.trust.secrets import NewPassword, PasswordSame
from models.trust.sign_in import Failure, Proof, WrongOldSecret
from models.trust.users import SCOPES, Department, Role, RoleRight, User

_STAFF, _DEPARTMENTS = word("Staff members"), word("Departments")
_ROLES = word("Roles and rights")

# What secrets.hash_password and hash_pin gave: hashing is slow and happens before the operation
# begins.
PasswordHash = str


class LoginTaken(Refusal):
    """Another user has this number or name to sign in with."""


class OwnRights(Refusal):
    """Nobody changes his own role or the rights of his own role."""


class LastOwner(Refusal):
    """The store must keep somebody who holds every right."""

    about = ("is_active",)


class RoleUnknown(Refusal):
    """No such role, department or verb."""


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

    Refuses: LoginTaken, OwnRights, NeedsOverride (a role that may do or see more than one's own
    takes somebody who grants rights).
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

    Refuses: RecordChanged, LoginTaken, OwnRights, NeedsOverride (of somebody who may do more than
    oneself nothing is changed, nor anybody made so), LastOwner.
    """
    found = User.get_or_none(User.key == user.key)
    if found is None or found.version != version:
        raise RecordChanged(listing=_STAFF, name=user.name)
    _check_login(login, found.key)
    if found.key != job.user:
        _check_role(job, found.role)
    # Who sees his own team must not choose which one that is.
    is_moved = found.department_id != department.key and found.role.scope == "team"
    if job.involves(found.key) and (is_moved or found.role_id != role.key):
        raise OwnRights()
    if found.role_id != role.key:
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
    if _is_beyond(job, role):
        job.require("grant rights")


def _is_beyond(job: Job, role: Role) -> bool:
    """Does the role hold a verb that the user lacks, or more of it, or see more?"""
    own = job.rights
    if own.holds_all:
        return False
    sees_more = SCOPES.index(role.scope) > SCOPES.index(own.scope)
    return sees_more or any(
        not own.reaches(verb, most) for verb, most in verbs_of(role.key).items()
    )


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
    """Give somebody a first password again, to be changed at the next sign-in.

    Refuses: OwnRights, NeedsOverride (whoever may do more than oneself).
    """
    _check_role(job, user.role)

    _set_hashes(job, user.key, password_hash=password_hash, must_change=True)
    job.note(user=user.name)


@operation(right="keep staff")
def take_pins(job: Job, user: User) -> None:
    """Take somebody's PIN and override PIN away, which others may know; the password stays.

    Refuses: OwnRights, NeedsOverride (whoever may do more than oneself).
    """
    _check_role(job, user.role)

    _set_hashes(job, user.key, pin_hash="", override_hash="")
    job.note(user=user.name)


@operation(right="change own secret")
def change_own_secrets(
    job: Job,
    *,
    proof: Proof,
    password: NewPassword | None = None,
    pin_hash: str | None = None,
    override_hash: str | None = None,
) -> None:
    """A new password, PIN or override PIN of one's own, by the password that one has; None leaves
    one as it is.

    Refuses: WrongOldSecret, PasswordSame (it was not compared with the one in force), NeedsOverride
    (an override PIN is for who approves for others).
    """
    stored = str(User.get_by_id(job.user).password_hash)
    if (proof.user, proof.password_hash) != (job.user, stored):
        raise WrongOldSecret()
    if password is not None and password.unlike != stored:
        raise PasswordSame()
    if override_hash:
        job.require(APPROVE)

    values: dict[str, object] = {}
    if password is not None:
        values |= {"password_hash": password.hash, "must_change": False}
    if pin_hash is not None:
        values["pin_hash"] = pin_hash
    if override_hash is not None:
        values["override_hash"] = override_hash
    _set_hashes(job, job.user, **values)
    job.note(changed=sorted(values))


def _set_hashes(job: Job, key: int, **values: object) -> None:
    User.update(version=User.version + 1, **values).where(User.key == key).execute()


class DepartmentInUse(Refusal):
    """The last department stays, and one that people still sign in to."""

    about = ("is_active",)


class RoleInUse(Refusal):
    """A role that somebody has cannot be deleted, nor can the owner's."""


@operation(right="keep staff")
def save_department(
    job: Job, key: int | None, *, version: int, name: str, position: int = 0, is_active: bool = True
) -> Department:
    """Make a department (key None) or change one.

    Refuses: RecordChanged, RecordTaken, DepartmentInUse (switched off under its people).
    """
    same = Department.get_or_none(Department.name == name)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_DEPARTMENTS, name=name, field="name")
    if key is None:
        made = Department.create(key=new_key(), name=name, position=position, is_active=is_active)
        job.note(department=name)
        return made
    found = row_at(Department, key, version, _DEPARTMENTS, name=name)
    has_people = User.select().where(User.department == found, User.is_active).exists()
    if found.is_active and not is_active and has_people:
        raise DepartmentInUse(name=name)

    changes = put(found, name=name, position=position, is_active=is_active)
    job.note(department=name, changes=changes)
    return found


@operation(right="grant rights")
def save_role(
    job: Job, key: int | None, *, version: int, name: str, scope: str, rights: dict[str, int | None]
) -> Role:
    """Make a role (key None) or change one: its name, its scope, and every verb with its limit.

    Refuses: RecordChanged, RecordTaken, RoleUnknown (a verb that there is not), OwnRights (the role
    that one has oneself; the owner's role holds every verb and takes none).
    """
    same = Role.get_or_none(Role.name == name)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_ROLES, name=name, field="name")
    unknown = [verb for verb in rights if verb not in verbs()]
    if unknown or scope not in SCOPES:
        raise RoleUnknown(role=name, verb=unknown[0] if unknown else scope)
    if key is None:
        role = Role.create(key=new_key(), name=name, scope=scope)
        before: dict[str, int | None] = {}
        changes: dict[str, list[object]] = {}
    else:
        role = row_at(Role, key, version, _ROLES, name=name)
        before = verbs_of(role.key)
        is_changed = before != rights or scope != role.scope
        if is_changed and (role.holds_all or _is_role_of(job, role)):
            raise OwnRights()
        changes = put(role, name=name, scope=scope)

    for verb in before.keys() - rights.keys():
        RoleRight.delete().where(RoleRight.role == role, RoleRight.verb == verb).execute()
    for verb, most in rights.items():
        if verb not in before:
            RoleRight.create(key=new_key(), role=role, verb=verb, most=most)
        elif before[verb] != most:
            RoleRight.update(most=most).where(
                RoleRight.role == role, RoleRight.verb == verb
            ).execute()
    job.note(
        role=name, changes=changes,
        granted={verb: most for verb, most in rights.items() if before.get(verb, -1) != most},
        revoked=sorted(before.keys() - rights.keys()),
    )  # fmt: skip
    return role


def _is_role_of(job: Job, role: Role) -> bool:
    """Is it the role of the person at work, or of who approves it?"""
    return any(job.involves(user.key) for user in User.select(User.key).where(User.role == role))


def verbs_of(role: int) -> dict[str, int | None]:
    """The verbs of a role, each with its limit or None."""
    rows = RoleRight.select().where(RoleRight.role == role).order_by(RoleRight.verb)
    return {row.verb: row.most for row in rows}


@operation(right="grant rights")
def drop_role(job: Job, key: int, *, version: int) -> None:
    """Delete a role that nobody has. Refuses: RecordChanged, RoleInUse."""
    found = row_at(Role, key, version, _ROLES)
    if found.holds_all or User.select().where(User.role == found).exists():
        raise RoleInUse(name=found.name)

    RoleRight.delete().where(RoleRight.role == found).execute()
    found.delete_instance()
    job.note(role=found.name)


@operation(right="unlock users")
def unlock(job: Job, login: str) -> None:
    """End the waiting after failed sign-ins, at all registers."""
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
