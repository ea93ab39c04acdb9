"""Breaks text into lines by the cells of the printer and the habits of Chinese typesetting."""

from __future__ import annotations

import re

from receipts.clean import cells

# Characters that must not begin a line, and those that must not end one.
NO_START = frozenset("。，、；：？！）》】」』〉〕”’％℃…·—～.,;:?!)]}%>")
NO_END = frozenset("（《【「『〈〔“‘￥￡＄([{<")
# Runs that stay whole: Latin words, numbers with their points and signs. The rest is single.
_PIECES = re.compile(r" +|-?[￥￡＄]-?[0-9][0-9,.]*[0-9]|[!-~]+|.", re.DOTALL)


def wrap(text: str, width: int, codepage: str = "gb18030") -> list[str]:
    """Lines of at most `width` cells. Only what is wider than a whole line is broken inside."""
    lines: list[str] = []
    line = ""
    for cluster in _clusters(text):
        if cells(line + cluster.rstrip(), codepage) <= width:
            line += cluster
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        whole, rest = _broken(cluster.lstrip(" "), width, codepage)
        lines += whole
        line = rest
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _clusters(text: str) -> list[str]:
    """Pieces with what must stay on their line: a closing mark behind, an opening one before."""
    clusters: list[str] = []
    for piece in _PIECES.findall(text):
        last = clusters[-1] if clusters else ""
        glued = last and not last.endswith(" ") and piece[0] != " "
        if (glued and (piece[0] in NO_START or last[-1] in NO_END)) or (last and piece[0] == " "):
            clusters[-1] += piece
        else:
            clusters.append(piece)
    return clusters


def _broken(cluster: str, width: int, codepage: str) -> tuple[list[str], str]:
    """A cluster that is wider than a line, cut hard; the last part goes on as a line."""
    whole: list[str] = []
    line = ""
    for one in cluster:
        if cells(line + one, codepage) > width and line:
            whole.append(line)
            line = ""
        line += one
    return whole, line
