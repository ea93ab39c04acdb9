"""SQL text of plain peewee queries, built once for each shape and kept.

peewee builds the text of a query anew each time it runs: of what an ordinary operation computes
that was two thirds (a check-in of sixty statements: 10 ms). Here a
query of one table is taken apart into its shape, the fields and signs that make the text, and its
values, converted as peewee converts them; the text of a shape is made by peewee the first time and
kept. What is not of the few forms below is built by peewee as ever.

    Night.select().where(Night.stay == stay, Night.is_live, Night.day << days).order_by(Night.day)
    Stay.update(state=after, version=Stay.version + 1).where(Stay.key == stay.key)
    StayGuest.create(...)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from peewee import (
    OP,
    SQL,
    Expression,
    Field,
    Function,
    Insert,
    Model,
    ModelDelete,
    ModelInsert,
    ModelSelect,
    ModelUpdate,
    Negated,
    Node,
    Ordering,
    Select,
)

_JOINING = {OP.AND, OP.OR}
_COMPARING = {OP.EQ, OP.NE, OP.LT, OP.LTE, OP.GT, OP.GTE}
_LISTING = {OP.IN, OP.NOT_IN}
_ADDING = {OP.ADD, OP.SUB}
# Longer lists are of any length, and would each be a shape; more shapes than that are no shapes.
_LONGEST_LIST, _MOST = 8, 4096

# Shape -> text, and the table: its fields are known by their identity as long as it lives.
_kept: dict[tuple[Any, ...], tuple[str, type[Model]]] = {}
# Fields that are written -> the same in their order.
_in_order: dict[tuple[Any, ...], tuple[list[Field], type[Model]]] = {}
_NONE: Mapping[Any, Any] = {}


class _Other(Exception):
    """Not of a form that is known here."""


def kept_text(opened: Any, query: Any) -> tuple[str, Sequence[Any]] | None:
    """The text of a query in the words of this database, and its values; None for what is no plain
    query of one table.
    """
    shape = _Shape.of(query)
    if shape is None:
        return None
    signs = (opened.param, *shape.signs)
    found = _kept.get(signs)
    if found is None:
        text, values = opened.get_sql_context().sql(query).query()
        if len(values) != len(shape.values):
            return text, values
        if len(_kept) >= _MOST:
            _kept.clear()
        found = _kept[signs] = (text, shape.table)
    return found[0], shape.values


class _Shape:
    """What makes the text of a query, and its values in the order of the text."""

    def __init__(self, table: type[Model]) -> None:
        self.table = table
        self.signs: list[Any] = [id(table)]
        self.values: list[Any] = []
        self._fields = table._meta.fields

    @classmethod
    def of(cls, query: Any) -> _Shape | None:
        """The shape of a query; None for another form."""
        try:
            inner = _asked_of(query) if query.__class__ is Select else query
            read = next((read for kind, read in _READERS if isinstance(inner, kind)), None)
            if read is None or query._cte_list or inner._cte_list:
                return None
            shape = cls(inner.model)
            read(shape, inner)
            if inner is not query:
                shape.signs.append(query._returning[0].name)
                shape._limits(query)
        except _Other:
            return None
        return shape

    def select(self, query: ModelSelect) -> None:
        """Fields of one table, by a condition, in an order."""
        if query._joins or query._from_list != [self.table] or _is_elaborate(query):
            raise _Other
        self.signs += ("select", query._alias)
        if query._returning and query._returning[0].__class__ is SQL:
            _is_one(query._returning)
            self.signs.append("1")
        elif not query._is_default:
            self._named(query._returning)
        self._condition(query._where)
        self._order(query)

    def update(self, query: ModelUpdate) -> None:
        """New values of fields, or so much more or less."""
        self._is_plain_write(query, "update")
        given = query._update
        for field in self._ordered(given):
            value = given[field]
            if isinstance(value, Expression):
                self._changed(value)
            else:
                self.signs.append("=")
                self._value(field, value)
        self._condition(query._where)

    def insert(self, query: ModelInsert) -> None:
        """One row, whose values are all named."""
        self._is_plain_write(query, "insert")
        if query._on_conflict is not None or query._as_rowcount or query._query_type:
            raise _Other
        given: Mapping[Any, Any] = query._insert
        for field in self._ordered(given, query.get_default_data()):
            self._value(field, given[field])

    def delete(self, query: ModelDelete) -> None:
        """The rows of a condition."""
        self._is_plain_write(query, "delete")
        self._condition(query._where)

    def _is_plain_write(self, query: Any, word: str) -> None:
        if query._order_by or query._limit is not None or query._offset is not None:
            raise _Other
        if getattr(query, "_from", None) or query.table is not self.table:
            raise _Other
        self.signs.append(word)
        self._named(query._returning or ())

    def _ordered(self, given: Mapping[Any, Any], wanted: Mapping[Any, Any] = _NONE) -> list[Field]:
        """Fields of this table in the order in which peewee names them; none of `wanted` lacks."""
        names = (self.signs[1], id(self.table), *map(id, given))
        self.signs.append(names)
        found = _in_order.get(names)
        if found is None:
            if not all(map(self._is_own, given)) or wanted.keys() - given.keys():
                raise _Other
            found = _in_order[names] = (
                sorted(given, key=lambda field: field._sort_key),
                self.table,
            )
        return found[0]

    def _named(self, fields: Any) -> None:
        self.signs.append(len(fields))
        for field in fields:
            self._is_mine(field)

    def _is_mine(self, field: Any) -> None:
        if not self._is_own(field):
            raise _Other
        self.signs.append(id(field))

    def _is_own(self, field: Any) -> bool:
        """A field of this table itself, under no other name."""
        return isinstance(field, Field) and self._fields.get(field.name) is field

    def _condition(self, node: Any) -> None:
        self.signs.append("where")
        if node is not None:
            self._told(node)

    def _told(self, node: Any) -> None:
        kind = node.__class__
        if kind is Negated:
            self.signs.append("not")
            self._told(node.node)
        elif kind is not Expression:
            self._is_mine(node)
        elif node.op in _JOINING:
            self.signs += (node.op, node.flat)
            self._told(node.lhs)
            self._told(node.rhs)
        else:
            self._compared(node)

    def _compared(self, node: Expression) -> None:
        field, value = node.lhs, node.rhs
        self.signs += (node.op, node.flat)
        self._is_mine(field)
        if node.op in _COMPARING:
            if value is None or isinstance(value, _SEVERAL):
                raise _Other
            self._value(field, value)
        elif node.op in _LISTING and isinstance(value, list | tuple):
            if not 0 < len(value) <= _LONGEST_LIST:
                raise _Other
            self.signs.append(len(value))
            for each in value:
                self._value(field, each)
        elif node.op not in (OP.IS, OP.IS_NOT) or value is not None:
            raise _Other

    def _changed(self, node: Expression) -> None:
        """So much more or less of a field."""
        if node.op not in _ADDING or node.__class__ is not Expression or node.flat:
            raise _Other
        self.signs.append(node.op)
        self._is_mine(node.lhs)
        if isinstance(node.rhs, (Node, *_SEVERAL)):
            raise _Other
        self._value(node.lhs, node.rhs)

    def _value(self, field: Field, value: Any) -> None:
        """A value as the field stores it; of a row its key."""
        if isinstance(value, Node):
            if not isinstance(value, Model):
                raise _Other
            value = value.get_id()
        value = field.db_value(value)
        if isinstance(value, Node):
            raise _Other
        self.values.append(value)

    def _order(self, query: ModelSelect) -> None:
        for each in query._order_by or ():
            if each.__class__ is Ordering:
                self.signs += (each.direction, each.collation, each.nulls)
                each = each.node
            self._is_mine(each)
        self._limits(query)

    def _limits(self, query: Any) -> None:
        for word, number in (("limit", query._limit), ("offset", query._offset)):
            if number is None:
                continue
            if not isinstance(number, int) or query._limit is None:
                raise _Other
            self.signs.append(word)
            self.values.append(number)


_SEVERAL = (list, tuple, set, frozenset, range)
_READERS: tuple[tuple[type, Callable[[_Shape, Any], None]], ...] = (
    (ModelSelect, _Shape.select),
    (ModelUpdate, _Shape.update),
    (ModelInsert, _Shape.insert),
    (ModelDelete, _Shape.delete),
)
assert Insert.SIMPLE == 0


def _asked_of(query: Select) -> Any:
    """The query of which it is asked how many rows it has, or whether it has any."""
    if len(query._returning) != 1 or query._returning[0].__class__ is not Function:
        raise _Other
    if query._where is not None or query._order_by or _is_elaborate(query) or query._alias:
        raise _Other
    (asked,) = query._returning
    if asked._filter is not None or asked._order_by is not None or len(asked.arguments) != 1:
        raise _Other
    if asked.name == "COUNT" and len(query._from_list) == 1:
        _is_one(asked.arguments)
        return query._from_list[0]
    if asked.name == "EXISTS" and not query._from_list:
        return asked.arguments[0]
    raise _Other


def _is_one(columns: Sequence[Any]) -> None:
    """Only the number one is selected, or counted."""
    (one,) = columns
    if one.__class__ is not SQL or one.sql != "1" or one.params:
        raise _Other


def _is_elaborate(query: Select) -> bool:
    return bool(
        query._group_by or query._windows or query._having is not None or query._lateral
        or query._distinct is not None or query._simple_distinct
        or query._for_update is not None
    )  # fmt: skip
