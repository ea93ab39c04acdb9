"""Sealed texts: what is stored, what is shown, what the audit log says."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.database import database
from models.base.hot import query
from models.people.persons import Person
from models.people.records import save_person
from models.trust.audit import Audit
from models.trust.operation import DuplicateUid, new_uid
from models.trust.sealed import Sealed, blind, opened, phone_digits, phone_tail, seal
from tests.stores import Shop


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("13800005678", "138****5678"),
        ("88881234", "****1234"),
        ("12345", "***45"),
        ("1", "*"),
        ("110101199003074477", "110***********4477"),
        ("", ""),
    ],
)
def test_a_mask_shows_the_ends_only(text: str, mask: str) -> None:
    assert str(Sealed(text)) == Sealed(text).masked == mask
    assert repr(Sealed(text)) == f"Sealed({mask})"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0000 5678", "13800005678"),
        ("+86 138-0000-5678", "13800005678"),
        ("0086 13800005678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("(021) 6888-1234", "02168881234"),
        ("8612345", "8612345"),
    ],
)
def test_phones_are_compared_by_their_digits(typed: str, digits: str) -> None:
    assert phone_digits(typed) == digits


def test_a_sealed_text_opens_at_its_own_place_only(shop: Shop) -> None:
    stored = seal("13800005678", b"person.phone")
    assert "13800005678" not in stored
    assert stored != seal("13800005678", b"person.phone")
    assert opened(stored, b"person.phone").text == "13800005678"
    for wrong, place in ((stored, b"person.phone2"), (stored[:-4] + "AAA=", b"person.phone"),
                         ("what", b"person.phone"), ("£", b"person.phone")):  # fmt: skip
        lost = opened(wrong, place)
        assert lost.is_lost
        assert str(lost) == "****"


def test_hashes_are_keyed_and_of_one_purpose(shop: Shop) -> None:
    assert blind("phone", "1") != blind("paper", "1")
    assert len(blind("phone", "1")) == 24
    assert blind("phone", "") == ""
    assert phone_tail("5678") == phone_tail("13800005678")
    assert phone_tail("678") == ""


def test_neither_file_nor_log_holds_a_phone_or_a_number_of_papers(shop: Shop) -> None:
    phone, paper = "13912345678", "11010119900307002X"
    made = save_person(
        shop.owner, None, name="王芳", phone=Sealed(phone), paper="id card",
        paper_number=Sealed(paper), uid=new_uid(),
    )  # fmt: skip
    save_person(shop.owner, made.key, version=1, phone=Sealed("13700000000"), uid=new_uid())
    for row in (Person, Audit):
        rows = query(f'SELECT * FROM "{row._meta.table_name}"')
        assert not any(secret in str(rows) for secret in (phone, paper, "13700000000"))
    detail = Audit.select().order_by(Audit.seq.desc()).first().detail
    before, after = detail["changes"]["phone"]
    assert before.startswith("139****5678 ")
    assert after.startswith("137****0000 ")
    assert before != after
    found = Person.get_by_id(made.key)
    assert (found.phone.text, found.paper_number.text) == ("13700000000", paper)


def test_a_retry_is_known_by_what_is_sealed(shop: Shop) -> None:
    uid = new_uid()
    values: dict[str, Any] = {"name": "王芳", "phone": Sealed("13912345678")}
    first = save_person(shop.owner, None, **values, uid=uid)
    assert save_person(shop.owner, None, **values, uid=uid).key == first.key
    with pytest.raises(DuplicateUid):
        save_person(shop.owner, None, **values | {"phone": Sealed("13912345679")}, uid=uid)


def test_a_column_takes_sealed_texts_only(shop: Shop) -> None:
    with database.atomic(), pytest.raises(TypeError):
        Person.update(phone="13912345678").execute()
