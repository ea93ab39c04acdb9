"""The manual's pages of keys: `python -m tui.manual` makes docs/*/keys.md from the key map."""

from __future__ import annotations

import sys
from pathlib import Path

from receipts.words import Language, say
from tui.desk.gate.key_names import full_name
from tui.desk.gate.key_rows import Command
from tui.desk.keys import KeyMap
from tui.trades import key_tables

TITLES: dict[Language, str] = {"en": "Keys", "zh": "按键"}
INTRO: dict[Language, str] = {
    "en": "Made from the key map; the keys of your own map show on the screen. A key may be "
    "changed under `[keys]` in config.toml. The last column is the key in the map `till`, for "
    "who comes from a Chinese till.",
    "zh": "由按键表生成；屏幕上显示的是实际使用的按键。可在 config.toml 的 `[keys]` 中按第三列的"
    '名称修改：`pay = "f9"`。最后一列是国内常见收银键位（`till`）。',
}
HEADS: dict[Language, str] = {
    "en": "| key | does | name | `till` |",
    "zh": "| 按键 | 作用 | 名称 | `till` |",
}


def keys_page(lang: Language) -> str:
    """The whole page in one language."""
    maps = KeyMap.shipped(), KeyMap.shipped("chinese")
    lines = [f"# {TITLES[lang]}", "", INTRO[lang], ""]
    for kind, name in _kinds():
        rows = [row for row in maps[0].commands.values() if kind in row.where and row.keys]
        if not rows or not name:
            continue
        lines += [f"## {say(name, lang)}", "", HEADS[lang], "|---|---|---|---|"]
        lines += [_line(row, maps[1].commands[row.id], lang) for row in rows]
        lines.append("")
    return "\n".join(lines)


def _kinds() -> list[tuple[str, str]]:
    """Kinds of screens, room by room, and what they are called."""
    return [pair for table in key_tables() for pair in table.kinds.items()]


def _line(row: Command, other: Command, lang: Language) -> str:
    return f"| {_keys(row)} | {say(row.help, lang)} | {row.id} | {_keys(other)} |"


def _keys(row: Command) -> str:
    return " ".join(f"`{full_name(key)}`" for key in row.keys)


def main(folder: Path) -> None:
    """Write docs/en/keys.md and docs/zh/keys.md under the folder."""
    for lang in ("en", "zh"):
        page = folder / lang / "keys.md"
        page.write_text(keys_page(lang), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
