"""Values that are made by the thousand: one for each line of a bill, on its way to paper and books.

`dataclass(frozen=True)` guards each field of each value while the program runs, and takes five
times as long to make one. Here the guard is the type checker alone, which sees every file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(**options: Any) -> Callable[[type[T]], type[T]]:
    """Make a class one of values, with slots, equal and hashed by its fields; nobody changes one.
    `options` are those of `dataclass`.
    """
    return dataclass(slots=True, unsafe_hash=True, **options)
