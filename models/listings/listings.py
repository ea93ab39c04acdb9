"""Listings: what one kind of record is, as data. The one list and the one form are made from it.

    UNITS = Listing("units", word("Units of measure"), Unit, order="name", save=save_unit, fields=(
        Field("name", word("Name"), is_required=True, example="瓶"),
        Field("decimals", word("Decimals"), "number", default=0),
    ))

A field is named after the column of the row class. Labels are message ids: this file holds no words
of its own. Reading by page is in listing_pages.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from peewee import BigIntegerField, CharField, Model

from models.base.database import Row
from models.base.fields import JsonField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.trust.guard import require_right
from models.trust.operation import Job, Session, operation
from models.trust.sealed import Sealed
from models.trust.users import Rights

Kind = Literal[
    "text", "number", "money", "quantity", "cost", "rate", "choice", "yes-no", "date", "instant",
    "link", "secret", "private",
]  # fmt: skip
NUMBERS: frozenset[str] = frozenset({"number", "money", "quantity", "cost", "rate"})
SUMMED: frozenset[str] = frozenset({"number", "money", "quantity"})


class FieldHidden(Refusal):
    """A filter or an order by a field that the person may not see."""


class ViewUnnamed(Refusal):
    """A saved filter needs a name of at most 30 characters."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a field points: the other listing by name, its row class, and what of it is shown;
    `apart` is the column that tells two of one name apart, and stands behind it.
    """

    listing: str
    row: type[Row]
    shown: str = "name"
    apart: str = ""


class Linked(tuple[Any, str]):
    """What a link field holds: the key of the other record, and the name that is shown."""

    __slots__ = ()

    def __new__(cls, key: Any, text: str) -> Linked:
        return super().__new__(cls, (key, text))

    @property
    def key(self) -> Any:
        return self[0]

    @property
    def text(self) -> str:
        return self[1]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a record. `look` is how screens draw it where its kind does not say it: theirs
    alone (tui/records/looks.py).

    `check(value)` gives the Refusal to tell when the field is left, or None. `right` is the verb
    that lets a person see it. `limit` is the longest text in characters. A field of the kind
    private holds a Sealed, which is shown masked and typed whole; with a `link` it is the other
    record's, and only shown. `beside` is the SQL of a value that stands in no column of the row,
    which it calls `t`: lists show it, filter by it and sum it, and nothing types it.
    """

    name: str
    label: str
    kind: Kind = "text"
    _: KW_ONLY
    look: Any = None
    column: str = ""
    beside: str = ""
    is_required: bool = False
    # Blank is fine in a new record: the operation draws the number.
    is_automatic: bool = False
    # Shown in the form, never typed there: a balance.
    is_computed: bool = False
    # Typed in a new record only.
    is_fixed: bool = False
    is_listed: bool = True
    in_form: bool = True
    # May the list be sorted by it: an index, or a small table.
    is_sorted: bool = False
    is_summed: bool = False
    # A code of the program (the verb of an operation), shown in words.
    is_code: bool = False
    # A text that is typed, such as a name: what a scanner sends is none.
    is_typed: bool = False
    # The number of somebody's paper, which may be scanned: the bar code of goods is none.
    is_paper: bool = False
    example: str = ""
    unit: str = ""
    help: str = ""
    # A value, or a function that reads the one of the store.
    default: Any = None
    choices: tuple[tuple[Any, str], ...] = ()
    link: Link | None = None
    check: Callable[[Any], Refusal | None] | None = None
    right: str = ""
    # The trade that a store must work in for it to mean anything; empty for all.
    trade: str = ""
    limit: int = 200

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class Grid:
    """Child lines of a record: barcodes of goods, verbs of a role.

    `load(key)` gives the lines as values by field name (key None: of a new record). Fixed lines
    cannot be inserted or deleted.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    load: Callable[[Any], list[dict[str, Any]]]
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something else that can be done with a record. `run(screen, line)` is the screen's part."""

    label: str
    run: Callable[[Any, Any], Any]
    right: str = ""
    needs_record: bool = True


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that is like another one: who it is, and which of its fields are the same."""

    name: str
    fields: tuple[str, ...]
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """One line below a list, of what belongs to a record: when, what kind (a message id), the
    thing's own words, and an amount or nothing.
    """

    when: str
    kind: str
    what: str
    amount: str = ""


Sign = Literal["has", "starts", "like", "=", "<>", ">=", "<=", "in", "any"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a filter. `value` is as stored; `text` is how a person reads it.

    Signs: has (a part of the text), starts, like (the whole text, _ is any one sign, % any run of
    them, and a backslash before one of these means itself), =, <>, >=, <=, in; any holds where all
    conditions of one of the tuples do that are its value.
    """

    name: str
    sign: Sign
    value: Any
    text: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What of a listing is shown: quick find, conditions, dates and order."""

    text: str = ""
    conditions: tuple[Condition, ...] = ()
    since: str = ""
    until: str = ""
    order: str = ""
    is_reversed: bool = False

    def body(self) -> dict[str, Any]:
        """As kept under a name; the quick find is not part of it."""
        return {
            "conditions": [_body(each) for each in self.conditions],
            "since": self.since, "until": self.until, "order": self.order,
            "is_reversed": self.is_reversed,
        }  # fmt: skip

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> View:
        """The view that `body` kept."""
        rest = {name: value for name, value in body.items() if name != "conditions"}
        return cls(conditions=tuple(_condition(*each) for each in body["conditions"]), **rest)


def _body(of: Condition) -> list[Any]:
    value = of.value
    if of.sign == "any":
        value = [[_body(each) for each in some] for some in value]
    return [of.name, of.sign, value, of.text]


def _condition(name: str, sign: Sign, value: Any, text: str) -> Condition:
    if sign == "any":
        value = tuple(tuple(_condition(*each) for each in some) for some in value)
    return Condition(name, sign, tuple(value) if isinstance(value, list) else value, text)


# A field of a form, and its line in the grid; None: it stands above the grid.
Place = tuple[str, int | None]


@dataclass(frozen=True)
class Listing:
    """One kind of record.

    `save(session, key, *, version, uid, **values)` makes a record (key None) or changes one; an
    operation, or a function that calls one. `drop(session, key, *, version, uid)` deletes it or
    switches it off. `ready(values)` runs before saving, off the database thread, for slow work such
    as hashing. `search(text, limit)` gives the keys that a quick find means, best first, where an
    index of its own exists. `means(text)` gives those that a text in a link field means at once,
    before names are compared: who lives in the room of that number.
    """

    name: str
    title: str
    row: type[Row] | None = None
    _: KW_ONLY
    fields: tuple[Field, ...] = ()
    key: tuple[str, ...] = ("key",)
    order: str = "name"
    is_newest_first: bool = False
    find: tuple[str, ...] = ("name",)
    dates: str = ""
    # The columns that name whose work a row is: who sees less than the store sees his own.
    owners: tuple[str, ...] = ()
    # The fields that point at the records of which `owners` are columns, where a row is nobody's
    # itself: it is shown to who sees all of them.
    through: tuple[str, ...] = ()
    # A row whose first owner is nobody is everybody's.
    shows_unowned: bool = False
    right: str = ""
    # Who may look one record up, where more people may than see the whole list.
    pick_right: str | None = None
    change_right: str = ""
    where: tuple[Condition, ...] = ()
    save: Callable[..., Any] | None = None
    drop: Callable[..., Any] | None = None
    # A form that does something once, and has nothing to stay on when it is done: a check-in.
    is_once: bool = False
    # `drop` only switches records off, and on again.
    is_switched: bool = False
    ready: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    read: Callable[[Any], Record | None] | None = None
    search: Callable[[str, int], list[int]] | None = None
    means: Callable[[str], list[int]] | None = None
    # Refusals that a person may overrule by a yes: code -> the argument of `save` that says so.
    overruled: Mapping[str, str] = field(default_factory=dict)
    grid: Grid | None = None
    actions: tuple[Action, ...] = ()
    named: str = "name"
    # What tells two records of one name apart stands behind it where one was picked.
    apart: str = ""
    empty: str = ""
    # The field whose records make a tree beside the list.
    tree: str = ""
    # Not made or changed here at all.
    can_add: bool = True
    # What is like the record that somebody types, as sentences: `twins(key, values)`.
    twins: Callable[[Any, Mapping[str, Any]], list[Twin]] | None = None
    # What other fields become when one of these names was given another value in the form, on the
    # database thread: `follow(names, key, values)`. What it refuses is told, and hinders nobody.
    follow: Callable[[set[str], Any, Mapping[str, Any]], Mapping[str, Any]] | None = None
    # Into which box a scan goes that came while the caret stood in another: `placed(code, values,
    # lines)` gives its field and the line of the grid, one behind the last for a new one; None: it
    # is meant for the box with the caret.
    placed: Callable[[str, Mapping[str, Any], list[dict[str, Any]]], Place | None] | None = None
    # What whoever saved a record must know about it then, as a message id with {name}, or "":
    # `saved(row)`, on the database thread.
    saved: Callable[[Any], str] | None = None
    # What belongs to the record under the cursor, shown below the list: `related(session, key)`.
    related: Callable[[Session, Any], list[Related]] | None = None

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def for_picking(self) -> Listing:
        """The listing as it is looked up: by whoever may pick from it."""
        return self if self.pick_right is None else replace(self, right=self.pick_right)

    def seen(self, rights: Rights) -> list[Field]:
        """The fields that a person may see."""
        return [each for each in self.fields if not each.right or rights.holds(each.right)]

    def listed(self) -> list[Field]:
        """The fields that the list shows."""
        return [each for each in self.fields if each.is_listed and each.kind != "secret"]

    def in_form(self) -> list[Field]:
        """The fields that the form shows."""
        return [each for each in self.fields if each.in_form]

    def defaults(self) -> dict[str, Any]:
        """The values of a new record. Reads the books where a default is of the store."""
        return {each.name: _default(each) for each in self.in_form()}

    def name_in(self, values: Mapping[str, Any]) -> str:
        """What names a record in sentences: its own name or number, else what it belongs to; never
        its key.
        """
        told = [values.get(self.named), *(values.get(f.name) for f in self.fields if f.link)]
        texts = [one.text if isinstance(one, Linked) else str(one or "") for one in told]
        return next(filter(None, texts[:1]), " ".join(filter(None, texts)))

    def key_of(self, made: Any) -> Any:
        """The key of what `save` gave: a row or the key itself."""
        return made._pk if isinstance(made, Model) else made


def _default(each: Field) -> Any:
    if each.kind == "private":
        return Sealed("")
    is_text = each.kind in ("text", "secret")
    if callable(each.default):
        return each.default()
    return "" if each.default is None and is_text else each.default


@dataclass(frozen=True, slots=True)
class Record:
    """One record to be shown in a form, with the version that it had when it was read."""

    key: Any
    version: int
    values: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)


class SavedView(Row):
    """A filter that a person kept under a name."""

    key = KeyField(primary_key=True)
    user = BigIntegerField()
    listing = CharField(max_length=30)
    name = CharField(max_length=30)
    body = JsonField()

    class Meta:
        indexes = ((("user", "listing", "name"), True),)


@operation(right="change own secret")
def save_view(job: Job, listing: str, name: str, body: dict[str, Any]) -> SavedView:
    """Keep a filter of one's own under a name; the same name is replaced. Refuses: ViewUnnamed."""
    name = name.strip()
    if not 0 < len(name) <= 30:
        raise ViewUnnamed()

    SavedView.delete().where(
        SavedView.user == job.user, SavedView.listing == listing, SavedView.name == name
    ).execute()
    kept = SavedView.create(key=new_key(), user=job.user, listing=listing, name=name, body=body)
    job.note(listing=listing, view=name)
    return kept


@operation(right="change own secret")
def drop_view(job: Job, key: int) -> None:
    """Forget a filter of one's own; nothing happens when it is gone already."""
    SavedView.delete().where(SavedView.key == key, SavedView.user == job.user).execute()


def saved_views(user: int, listing: str) -> list[SavedView]:
    """The filters that a person has kept for a listing, by name."""
    return list(_views(user, listing).order_by(SavedView.name))


def _views(user: int, listing: str) -> Any:
    return SavedView.select().where(SavedView.user == user, SavedView.listing == listing)


@operation(right="export")
def record_export(job: Job, listing: str, *, rows: int, file: str) -> None:
    """Write down who took which records out of the program; the file is written before."""
    job.note(listing=listing, rows=rows, file=file)


def opened(session: Session, listing: Listing) -> Rights:
    """The rights of somebody who may read the listing.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    return require_right(session, listing.right, what=listing.name)


def call_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a save function is given, that which belongs to the call of an operation and not to
    the record: its uid, and who allowed it.
    """
    return {name: given[name] for name in ("uid", "override") if name in given}
