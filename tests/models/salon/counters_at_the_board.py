"""What counters of a salon do at once, each in a process of its own (models/contenders.py)."""

from __future__ import annotations

from models.goods.goods import Goods
from models.salon.booking import Client, save_appointment
from models.salon.guarding import Wish
from models.trust.operation import Session, new_uid
from tests.models.contenders import became
from tests.stores import FIRST_DAY


def book_last_chair(session: Session, code: str, minute: int) -> list[str]:
    """A client at each counter, for the same hour; who got it, or why not."""
    wish = Wish(Goods.get(Goods.code == code).key)
    client = Client("王芳")
    return [
        became(
            lambda: save_appointment(
                session, None, client=client, day=FIRST_DAY, minute=minute, wishes=[wish],
                uid=new_uid(),
            ).name
        )
    ]  # fmt: skip
