"""The four themes. Colours stand for meanings; signs and words carry the same meaning without them.

accent: where the eye should be. good, warn, bad: states. money: amounts to pay. muted: what is
there but does not matter now. The .tcss files use only these names, `$dk-...`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.theme import Theme

NAMES = ("dark", "light", "contrast", "mono")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme by meaning, as #rrggbb."""

    ground: str
    raised: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    cursor: str
    on_cursor: str
    good: str
    warn: str
    bad: str
    on_bad: str
    money: str
    is_dark: bool


PALETTES: dict[str, Palette] = {
    "dark": Palette(
        ground="#14181d",
        raised="#1f262e",
        text="#d7dde3",
        muted="#8794a1",
        faint="#3a4551",
        accent="#6cb6ff",
        on_accent="#0c1116",
        cursor="#264b70",
        on_cursor="#ffffff",
        good="#6fce8c",
        warn="#e6b450",
        bad="#ff7b72",
        on_bad="#1a0a09",
        money="#f2d68a",
        is_dark=True,
    ),
    "light": Palette(
        ground="#fbfaf7",
        raised="#edeae2",
        text="#22262b",
        muted="#5c646d",
        faint="#c9c5ba",
        accent="#0b5cad",
        on_accent="#ffffff",
        cursor="#bcd7f2",
        on_cursor="#0a1a2b",
        good="#176b2f",
        warn="#7d5200",
        bad="#c2281d",
        on_bad="#ffffff",
        money="#1d2b3a",
        is_dark=False,
    ),
    "contrast": Palette(
        ground="#000000",
        raised="#000000",
        text="#ffffff",
        muted="#c0c0c0",
        faint="#808080",
        accent="#00ffff",
        on_accent="#000000",
        cursor="#ffff00",
        on_cursor="#000000",
        good="#00ff00",
        warn="#ffff00",
        bad="#ff5555",
        on_bad="#000000",
        money="#ffff00",
        is_dark=True,
    ),
    "mono": Palette(
        ground="#000000",
        raised="#000000",
        text="#d0d0d0",
        muted="#d0d0d0",
        faint="#d0d0d0",
        accent="#ffffff",
        on_accent="#000000",
        cursor="#d0d0d0",
        on_cursor="#000000",
        good="#d0d0d0",
        warn="#ffffff",
        bad="#ffffff",
        on_bad="#000000",
        money="#ffffff",
        is_dark=True,
    ),
}


def themes() -> list[Theme]:
    """The themes as Textual knows them, named deskbell-dark and so on."""
    return [_theme(name, palette) for name, palette in PALETTES.items()]


def theme_name(name: str) -> str:
    """Textual's name of one of ours."""
    return f"deskbell-{name}"


def _theme(name: str, palette: Palette) -> Theme:
    from textual.theme import Theme

    return Theme(
        name=theme_name(name),
        primary=palette.accent,
        secondary=palette.muted,
        warning=palette.warn,
        error=palette.bad,
        success=palette.good,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.raised,
        panel=palette.raised,
        dark=palette.is_dark,
        variables={
            "dk-ground": palette.ground,
            "dk-raised": palette.raised,
            "dk-text": palette.text,
            "dk-muted": palette.muted,
            "dk-faint": palette.faint,
            "dk-accent": palette.accent,
            "dk-on-accent": palette.on_accent,
            "dk-cursor": palette.cursor,
            "dk-on-cursor": palette.on_cursor,
            "dk-good": palette.good,
            "dk-warn": palette.warn,
            "dk-bad": palette.bad,
            "dk-on-bad": palette.on_bad,
            "dk-money": palette.money,
        },
    )
