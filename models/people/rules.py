"""What must hold of a person's values, however they come: by the form or by an import."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models.base.database import Row
from models.base.refusals import Refusal
from models.base.texts import narrow, one_line
from models.people.lists import PersonChoice, PersonGroup
from models.people.papers import PAPERS, is_paper, kind_of, paper_text
from models.people.persons import CHOICE_FIELDS, KINDS, PHONES, Person
from models.trust.records import LinkUnknown, NameMissing, linked_row, text_of
from models.trust.sealed import STAR, Sealed, phone_digits
from models.trust.users import User

TEXTS = {
    name: int(Person._meta.fields[name].max_length)
    for name in (
        "name", "other_name", "pinyin", "email", "wechat", "city", "address", "tax_number",
        "wants", "product_kinds", "product_used", "notes", "family", "income", "likes", "health",
        "photo",
    )
}  # fmt: skip
FLAGS = ("is_lunar", "may_write", "may_show", "is_active")
SEXES = ("", "m", "f")
# Between tags; a tag that begins with + or - is added to, or taken off, those that are there.
_BETWEEN = re.compile(r"[\s,;，；、]+")
_MOST_TAGS, TAG_LENGTH = 20, 20
_PHONE = re.compile(r"[0-9+()#/. \-转x]{5,30}")
EARLIEST = date(1880, 1, 1)


class PhoneWrong(Refusal):
    """A phone number has 5 to 20 digits, and none of them hidden."""


class PaperWrong(Refusal):
    """The number cannot be that of such a paper: its length, its day of birth or its check sign."""

    about = ("paper_number", "paper")


class BirthdayWrong(Refusal):
    """A birthday is a day in the past, not before 1880."""


class TagsWrong(Refusal):
    """At most 20 tags, each of at most 20 characters."""

    about = ("tags",)


class PersonTwice(Refusal):
    """Another record has the same number of papers, or the same phone and name."""

    about = ("name",)


def checked(values: Mapping[str, Any], found: Person | None, *, today: date) -> dict[str, Any]:
    """The values as they are stored, rows for links; `found` is the record as it is.

    Refuses: NameMissing, TextTooLong, LinkUnknown, PhoneWrong, PaperWrong, BirthdayWrong,
    TagsWrong. KeyError for a field that people do not have.
    """
    ready = {name: _one(name, value) for name, value in values.items()}
    if "name" in ready and not ready["name"]:
        raise NameMissing()
    if "tags" in ready:
        ready["tags"] = merged_tags(found.tags if found else "", ready["tags"])
    if found is not None and ready.get("referrer") == found:
        raise LinkUnknown(field="referrer")
    born = ready.get("birthday")
    if born is not None and not EARLIEST <= born <= today:
        raise BirthdayWrong(birthday=born)
    _check_paper(ready, found)
    return ready


def _one(name: str, value: Any) -> Any:
    if name in TEXTS:
        text = text_of(name, value, TEXTS[name])
        return text.lower() if name == "pinyin" else text
    if name in PHONES:
        return phone_of(name, value)
    if name in FLAGS:
        return bool(value)
    if name in _ALLOWED:
        if (value or "") not in _ALLOWED[name]:
            raise ValueError(f"{name}: {value!r}")
        return value or ""
    return _READ[name](name, value)


def _linked_to(rows: type[Row]) -> Callable[[str, Any], Any]:
    return lambda name, key: linked_row(rows, name, key)


def _choice(name: str, key: int | None) -> PersonChoice | None:
    row = linked_row(PersonChoice, name, key)
    if row is not None and row.kind != CHOICE_FIELDS[name]:
        raise LinkUnknown(field=name)
    return row


_ALLOWED = {"kind": KINDS, "sex": SEXES, "paper": ("", *PAPERS)}
_READ: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(CHOICE_FIELDS, _choice),
    **dict.fromkeys(("responsible", "shared_with", "user"), _linked_to(User)),
    "group": _linked_to(PersonGroup),
    "referrer": _linked_to(Person),
    "tags": lambda name, text: one_line(text or ""),
    "birthday": lambda name, day: day,
    "paper_number": lambda name, value: _sealed(value),
}


def _sealed(value: Sealed | str | None) -> Sealed:
    return value if isinstance(value, Sealed) else Sealed(value or "")


def phone_of(name: str, value: Sealed | str | None) -> Sealed:
    """A phone number as it is stored: narrow, on one line. Refuses: PhoneWrong."""
    given = _sealed(value)
    if not given or given.is_lost:
        return given
    text = narrow(one_line(given.text))
    if not _PHONE.fullmatch(text) or not 5 <= len(phone_digits(text)) <= 20:
        raise PhoneWrong(field=name, phone=given.text if STAR in given.text else given)
    return Sealed(text)


def phone_refusal(value: Sealed) -> Refusal | None:
    """What is wrong with a phone number that was typed."""
    try:
        phone_of("phone", value)
    except PhoneWrong as refusal:
        return refusal
    return None


def _check_paper(ready: dict[str, Any], found: Person | None) -> None:
    """Kind and number of the papers go together. Refuses: PaperWrong."""
    if "paper_number" not in ready and "paper" not in ready:
        return
    number = ready.get("paper_number", found.paper_number if found else Sealed(""))
    if number.is_lost:
        return
    plain = paper_text(number.text)
    kind = ready.get("paper", found.paper if found else "")
    if not plain:
        # Nothing to check, and no kind of nothing.
        ready["paper"], ready["paper_number"] = "", Sealed("")
        return
    kind = kind_of(kind, plain)
    if STAR in number.text or not is_paper(kind, plain):
        raise PaperWrong(number=number)
    ready["paper"], ready["paper_number"] = kind, Sealed(plain)


def tags_of(text: str) -> list[str]:
    """The tags of a text, in order, each once."""
    return list(dict.fromkeys(filter(None, _BETWEEN.split(text))))


def merged_tags(before: str, given: str) -> str:
    """The tags that a record has when these are typed: +VIP adds one and -VIP takes one off, as
    for many records at once; otherwise they are all of it. Refuses: TagsWrong.
    """
    typed = tags_of(given)
    signed = [each for each in typed if each[0] in "+-" and len(each) > 1]
    tags = [each for each in typed if each not in signed]
    if signed:
        off = {each[1:] for each in signed if each[0] == "-"}
        added = [*tags, *(each[1:] for each in signed if each[0] == "+")]
        tags = [each for each in dict.fromkeys([*tags_of(before), *added]) if each not in off]
    if len(tags) > _MOST_TAGS or any(len(each) > TAG_LENGTH for each in tags):
        raise TagsWrong(most=_MOST_TAGS, length=TAG_LENGTH)
    return " ".join(tags)
