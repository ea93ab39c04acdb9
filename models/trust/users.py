"""Users, departments, roles: who may sign in, and which verbs each role holds.

Tables only and what looks at one of them; signing in is in sign_in.py, changing users in staff.py.
"""

from __future__ import annotations

from typing import NamedTuple

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from models.base.database import Row
from models.base.fields import InstantField, KeyField
from models.base.hot import Statement
from models.base.watching import MarkField

SCOPES = ("own", "team", "store", "all")


class Department(Row):
    """A department (部门), chosen at sign-in."""

    key = KeyField(primary_key=True)
    name = CharField(max_length=40, unique=True)
    position = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)


class Role(Row):
    """A set of verbs with limits. The owner's role holds every verb there is."""

    key = KeyField(primary_key=True)
    name = CharField(max_length=40, unique=True)
    holds_all = BooleanField(default=False)
    scope = CharField(max_length=8, default="store", choices=[(s, s) for s in SCOPES])
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class RoleRight(Row):
    """One verb of a role; `most` is its limit in the verb's own measure (rights.py), NULL for
    none.
    """

    key = KeyField(primary_key=True)
    role = ForeignKeyField(Role, backref="rights")
    verb = CharField(max_length=40)
    most = IntegerField(null=True)
    mark = MarkField()

    class Meta:
        indexes = ((("role", "verb"), True),)


class User(Row):
    """Somebody who signs in.

    Secrets are argon2id hashes; a PIN is hashed with the store's pepper.
    """

    key = KeyField(primary_key=True)
    login = CharField(max_length=20, unique=True)
    name = CharField(max_length=40)
    pinyin = CharField(max_length=40, default="")
    department = ForeignKeyField(Department)
    role = ForeignKeyField(Role)
    password_hash = TextField()
    pin_hash = TextField(default="")
    override_hash = TextField(default="")
    must_change = BooleanField(default=False)
    language = CharField(max_length=2, default="zh")
    # Empty until somebody chooses: the colours of the machine, as config.toml says.
    theme = CharField(max_length=20, default="")
    is_active = BooleanField(default=True)
    created_at = InstantField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "pinyin language theme version"


class Rights(NamedTuple):
    """What a user may do now: name, whether every verb, the limit (or None) of each verb held,
    whose work he sees, and whether he must choose a password of his own first.
    """

    name: str
    holds_all: bool
    limits: dict[str, int | None]
    scope: str
    user: int
    department: int
    must_change: bool

    def holds(self, verb: str) -> bool:
        return self.holds_all or verb in self.limits

    def most(self, verb: str) -> int | None:
        """The limit of a verb that is held; None is no limit."""
        return None if self.holds_all else self.limits[verb]

    def reaches(self, verb: str, most: int | None) -> bool:
        """Is the verb held up to this limit, or without one where it is None?"""
        if not self.holds(verb):
            return False
        own = self.most(verb)
        return own is None or (most is not None and most <= own)


_RIGHTS = Statement(
    'SELECT u."name", r."holds_all", rr."verb", rr."most", r."scope", u."department_id", '
    'u."must_change" FROM "user" u '
    'JOIN "role" r ON r."key" = u."role_id" LEFT JOIN "role_right" rr ON rr."role_id" = r."key" '
    'WHERE u."key" = ? AND u."is_active"'
)


def rights_of(user: int) -> Rights | None:
    """The rights of an active user, read from the database each time; None for nobody or a
    disabled user.
    """
    rows = _RIGHTS.rows(user)
    if not rows:
        return None
    limits = {row[2]: row[3] for row in rows if row[2] is not None}
    name, holds_all, _, _, scope, department, must_change = rows[0]
    return Rights(name, bool(holds_all), limits, scope, user, department, bool(must_change))
