"""Two rows under the sheet: what can stand in the box with the caret."""

from __future__ import annotations

from textual.strip import Strip

from models.listings.listings import Twin
from tui.desk.safe import clean
from tui.desk.words import t
from tui.records.forms.sheet_plan import Spot
from tui.widgets.rows import Piece, Rows


class Hint(Rows):
    """The field's name, example and keys; and a sentence about it."""

    def __init__(self) -> None:
        super().__init__()
        self._spot: Spot | None = None
        self._is_new = self._is_blank = False
        self._twins: list[tuple[Twin, list[str]]] = []

    def show(self, spot: Spot | None, *, is_new: bool, is_blank: bool) -> None:
        """Say what belongs to another box."""
        self._spot, self._is_new, self._is_blank = spot, is_new, is_blank
        self.refresh()

    def show_twins(self, twins: list[tuple[Twin, list[str]]]) -> None:
        """Say who is like what is typed, and by which fields."""
        self._twins = twins
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._spot is None:
            return self.strip_of([(f"  {t('Only to be read.')}", "muted")] if y == 0 else [])
        if y == 0:
            return self.strip_of(self._first(self._spot))
        if self._twins:
            return self.strip_of(self._alike())
        help_ = self._spot.field.help
        return self.strip_of([(f"  {t(help_)}" if help_ else "", "muted")])

    def _first(self, spot: Spot) -> list[Piece]:
        field = spot.field
        pieces: list[Piece] = [(f"  {t(field.label)}", "strong")]
        if field.is_required and not field.is_automatic:
            # A box that is filled already needs no warning.
            pieces.append((f"  {t('must be filled')}", "warn" if self._is_blank else "muted"))
        if field.example:
            pieces.append((f"  {t('e.g.')} {field.example}", "muted"))
        ways = []
        if field.is_automatic and self._is_new:
            ways.append(t("Blank: numbered automatically."))
        if field.kind in ("link", "choice"):
            ways.append(t("F7 lists what there is."))
        if field.kind in ("choice", "yes-no"):
            ways.append(t("Space: the next one."))
        return [*pieces, (f"  {' '.join(ways)}", "muted")]

    def _alike(self) -> list[Piece]:
        pieces: list[Piece] = [(f"  {t('There already:')}", "warn")]
        for twin, fields in self._twins:
            tone = "warn" if twin.is_sure else ""
            pieces += [(f" {clean(twin.name)} ", tone), (f"({', '.join(fields)})", "muted")]
        return pieces
