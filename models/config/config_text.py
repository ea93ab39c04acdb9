"""Changing one table in the text of a config.toml; all else of it stays as somebody wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from models.base.refusals import Refusal

_KEY = re.compile(r"^\s*[\w\"'.-]+\s*=")


class ConfigNotChanged(Refusal):
    """The file is written in a way that the program does not change by itself."""


def with_table(text: str, path: tuple[str, ...], values: Mapping[str, Any], *, file: str) -> str:
    """The text with these keys in the table and no others; comments stay. `file` names it.

    Refuses: ConfigNotChanged, when what comes out does not say exactly that.
    """
    lines = text.splitlines()
    name = ".".join(path)
    first, last = _table(lines, name)
    if first is None:
        changed = [*lines, "", f"[{name}]", *_rows(values)]
    else:
        kept = [line for line in lines[first + 1 : last] if not _KEY.match(line)]
        changed = [*lines[: first + 1], *_rows(values), *kept, *lines[last:]]
    result = "\n".join(changed).strip("\n") + "\n"
    if _parsed(result, file) != _expected(text, path, values, file):
        raise ConfigNotChanged(file=file, table=name)
    return result


def _table(lines: list[str], name: str) -> tuple[int | None, int]:
    """Where a table's heading stands, and where the next one does."""
    first = None
    for number, line in enumerate(lines):
        heading = re.match(r"^\s*\[\s*([^\[\]]+?)\s*\]", line)
        if heading and first is not None:
            return first, number
        if heading and heading[1].replace(" ", "").replace('"', "") == name:
            first = number
    return first, len(lines)


def _rows(values: Mapping[str, Any]) -> list[str]:
    # JSON's texts, numbers and truths are TOML's too.
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]


def _expected(
    text: str, path: tuple[str, ...], values: Mapping[str, Any], file: str
) -> dict[str, Any]:
    whole = _parsed(text, file)
    table = whole
    for name in path[:-1]:
        table = table.setdefault(name, {})
    table[path[-1]] = dict(values)
    return whole


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigNotChanged(file=file, table="") from error
