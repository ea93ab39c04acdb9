"""What a form of new goods begins with."""

from __future__ import annotations

from models.goods.records import default_tax
from models.listings.listings import Linked


def usual_tax() -> Linked | None:
    """The tax rate of new goods: seen and changed in the form, so that nothing is sold without tax
    because a box was passed over. Reads the books.
    """
    rate = default_tax()
    return None if rate is None else Linked(rate.key, rate.name)
