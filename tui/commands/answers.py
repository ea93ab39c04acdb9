"""The answers that a new store needs: from a TOML file, or asked on the terminal."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.base.money import currency
from models.base.plain_files import file_text
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.trust import company
from models.trust.secrets import PASSWORD_LEAST
from receipts.words import word

MOST_REGISTERS = 99
TOO_DEEP = word("brackets are nested too deeply")


class AnswerUnknown(Refusal):
    """The file of answers has a key that asks for nothing; `nearest` is the most similar one."""


class AnswerWrong(Refusal):
    """The answer does not fit its question."""


class AnswersUnreadable(Refusal):
    """The file of answers cannot be read, or is not TOML."""


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: its key in the file, its words, what it is when nobody says, and its check."""

    key: str
    words: str
    default: Any
    fits: Callable[[Any], bool]
    # Short hint of what fits, as a message id.
    hint: str
    kind: type = str

    def read(self, text: str) -> Any:
        """What was typed, as the value of the file."""
        if self.kind is bool:
            return {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}.get(
                text.lower()
            )
        if self.kind is int:
            return int(text) if text.isdecimal() else None
        if self.kind is list:
            return text.replace(",", " ").replace("，", " ").split()
        return percent_typed(text) if self.key == "tax_percent" else text

    def shown(self, value: Any) -> str:
        """A default, as it would be typed."""
        if self.kind is list:
            return " ".join(value)
        return {True: "y", False: "n"}[value] if self.kind is bool else str(value)

    def takes(self, value: Any) -> bool:
        return type(value) is self.kind and bool(self.fits(value))


def _is_currency(code: str) -> bool:
    try:
        currency(code)
    except ValueError:
        return False
    return True


def percent_typed(text: str) -> str:
    """A per cent with its sign or without: 13%, 13."""
    return text.strip().rstrip("%％").strip()


def _is_percent(text: str) -> bool:
    try:
        rate = Rate.percent(percent_typed(text))
    except ValueError:
        return False
    return Rate(0) <= rate < Rate(1_000_000)


def _is_login(text: str) -> bool:
    return 0 < len(text.strip()) <= 20 and text.isprintable() and " " not in text.strip()


def _is_zone(text: str) -> bool:
    return bool(company.zone.fits(text))


def _are_trades(names: list[Any]) -> bool:
    import models.store  # noqa: F401 - lists the trades
    from models.trust.trades_used import chosen

    known = [trade.name for trade in chosen()]
    return 0 < len(names) == len(set(map(str, names))) and all(name in known for name in names)


# The language comes first: the other questions are asked in it.
LANGUAGE = Question(
    "language", word("Language of the store: zh or en"), "zh", company.language.fits,
    word("zh or en"),
)  # fmt: skip
STORE = (
    LANGUAGE,
    Question(
        "name", word("Name of the store"), "", company.name.fits, word("1 to 60 characters")
    ),
    Question(
        "trades", word("Trades of the store: shop, hotel, salon"), ["shop"], _are_trades,
        word("one or more of: shop hotel salon"), list,
    ),
    Question(
        "address", word("Address"), "", company.address.fits, word("at most 120 characters")
    ),
    Question("phone", word("Telephone"), "", company.phone.fits, word("at most 40 characters")),
    Question(
        "tax_number", word("Tax number"), "", company.tax_number.fits,
        word("at most 30 characters"),
    ),
    Question(
        "currency", word("Currency"), "CNY", _is_currency, word("a code such as CNY, EUR or USD")
    ),
    Question("zone", word("Time zone"), "Asia/Shanghai", _is_zone, word("such as Asia/Shanghai")),
    Question(
        "tax_percent", word("Tax on sales, in per cent; in China 13 goods, 9 food, 6 services"),
        "13", _is_percent,
        word("a number from 0 to under 100, such as 13"),
    ),
    Question(
        "prices_include_tax", word("Do prices include the tax? (y/n)"), True,
        lambda value: True, word("y or n; true or false in a file"), bool,
    ),
    Question(
        "registers", word("How many counters"), 1, lambda count: 1 <= count <= MOST_REGISTERS,
        word("a whole number from 1 to 99"), int,
    ),
)  # fmt: skip
OWNER = (
    Question(
        "login", word("The owner's number or name to sign in with"), "1", _is_login,
        word("1 to 20 characters without blanks"),
    ),
    Question(
        "name", word("The owner's name"), "", lambda name: 0 < len(name.strip()) <= 40,
        word("1 to 40 characters"),
    ),
)  # fmt: skip
PASSWORD = Question(
    "password", word("The owner's password"), "", lambda text: len(text) >= PASSWORD_LEAST,
    word("at least 8 characters"),
)  # fmt: skip
SECTIONS = {"store": STORE, "owner": (*OWNER, PASSWORD)}


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer by its key, in the two sections of the file."""

    store: dict[str, Any]
    owner: dict[str, Any]


def read_answers(path: Path, *, password: str | None = None) -> Answers:
    """The answers of a file. A password that was given beside it wins.

    Refuses: AnswersUnreadable, AnswerUnknown, AnswerWrong.
    """
    try:
        raw = tomllib.loads(file_text(path))
    except OSError as error:
        raise AnswersUnreadable(file=str(path), why=error.strerror or str(error)) from error
    except ValueError as error:
        raise AnswersUnreadable(file=str(path), why=str(error)) from error
    except RecursionError:
        raise AnswersUnreadable(file=str(path), why=TOO_DEEP) from None
    _check_keys(path, "", list(raw), list(SECTIONS))
    found: dict[str, dict[str, Any]] = {}
    for section, questions in SECTIONS.items():
        table = raw.get(section, {})
        if not isinstance(table, dict):
            raise AnswerWrong(key=section, value=table, allowed=f"[{section}]")
        _check_keys(path, section, list(table), [question.key for question in questions])
        if section == "owner" and password is not None:
            table = table | {"password": password}
        found[section] = {each.key: _answer(section, each, table) for each in questions}
    return Answers(**found)


def _answer(section: str, question: Question, table: dict[str, Any]) -> Any:
    value = table.get(question.key, question.default)
    if question.key == "tax_percent" and type(value) in (int, float):
        value = str(value)
    if question.key == "tax_percent" and isinstance(value, str):
        value = percent_typed(value)
    if not question.takes(value):
        # A password is never shown, not even a wrong one.
        told = "***" if question is PASSWORD else value
        raise AnswerWrong(key=f"{section}.{question.key}", value=told, allowed=question.hint)
    return value


def _check_keys(path: Path, section: str, given: list[str], known: list[str]) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            whole = [f"{section}.{each}" if section else each for each in (key, near[0])]
            raise AnswerUnknown(file=str(path), key=whole[0], nearest=whole[1])
