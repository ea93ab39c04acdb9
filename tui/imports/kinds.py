"""What can be imported, and the module that declares it: loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from models.base.refusals import Refusal

if TYPE_CHECKING:
    from models.trust.import_plan import ImportKind

MODULES = {"goods": "models.stock.goods_import"}


class KindUnknown(Refusal):
    """Nothing of this kind can be imported or exported."""


def kind_named(name: str) -> ImportKind:
    """What can be imported under this name. Refuses: KindUnknown."""
    if name not in MODULES:
        raise KindUnknown(kind=name, known=", ".join(MODULES))
    import_module(MODULES[name])
    from models.trust.import_plan import KINDS

    return KINDS[name]
