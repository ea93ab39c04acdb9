"""Plain values as text: equal values are equal text, so that it can be hashed and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any

from models.base.refusals import Refusal

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, readable characters."""
    return "".join(_parts(value, 0))


def _made_once() -> Callable[[Any, int], Iterable[str]]:
    """The inner encoder that `encode` makes anew for each text, which takes longer than a short
    text: a sale has eight.
    """
    if c_make_encoder is None:
        return lambda value, _: (_ENCODER.encode(value),)
    made: Callable[[Any, int], Iterable[str]] = c_make_encoder(
        None, _ENCODER.default, encode_basestring, None, ":", ",", True, False, True
    )
    return made


_parts = _made_once()


class SaidWhole:
    """A value whose text says all that sets it apart from another: an operation that is called with
    it knows it by that text.
    """

    __slots__ = ()


class TextUnstorable(Refusal):
    """A text holds half of a character or a NUL, which no store can hold."""


def storable_bytes(value: Any) -> bytes:
    """The same in UTF-8, of values that a store on either engine can hold.

    Refuses: TextUnstorable.
    """
    try:
        plain = to_json(value).encode()
    except UnicodeEncodeError as error:
        raise TextUnstorable() from error
    if b"\\u0000" in plain and _NUL.search(plain):
        raise TextUnstorable()
    return plain


# In JSON a NUL is an escape; a backslash that was typed stands twice before it.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
