"""The entry line: where everything at the counter is typed, and where short questions are asked.

    yield Entry()                                    the screen gets on_entry(text) with Enter
    answer = await self.question("How many?")        a question in the entry line, inside a job

The screen asks through FrameScreen.question, which also tells the gate.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from tui.desk.gate.numbers import Scanned
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import again
from tui.widgets.edit import EditLine, Mark
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    from tui.desk.jobs import Job


_ARROWS = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")


class Entry(EditLine):
    """The one entry line of a screen. `hint` is drawn while it is empty."""

    def __init__(self, *, id: str | None = "entry") -> None:
        super().__init__(id=id)
        self._prompt = self._hint = ""
        self._answered: asyncio.Future[str | None] | None = None
        self._job: Job | None = None
        self._before: Mark | None = None
        self._preview: Callable[[str], str] | None = None
        self._reads: Callable[[str], object] | None = None
        self._proposal = ""
        self._previewed = ("", "")

    @property
    def is_asking(self) -> bool:
        """Whether a question stands in the line."""
        return self._answered is not None

    @property
    def is_blank(self) -> bool:
        return not self.value and not self.is_asking

    def hint(self, text: str) -> None:
        """What to do here, in muted words, while the line is empty."""
        if text != self._hint:
            self._hint = clean(text)
            self.refresh()

    async def ask(
        self,
        prompt: str,
        *,
        proposal: str = "",
        job: Job | None = None,
        preview: Callable[[str], str] | None = None,
        reads: Callable[[str], object] | None = None,
    ) -> str | None:
        """Ask in the line; the text that Enter takes, or None when it was cancelled. What the text
        typed so far comes to stands behind it, when there is a `preview`. A text that `reads`
        refuses is no answer: the question stays.
        """
        assert self._answered is None, "one question at a time"
        self._before = self.mark()
        self._prompt, self._job = prompt, job
        self._preview, self._previewed = preview, ("", "")
        self._reads, self._proposal = reads, proposal
        self._answered = asyncio.get_running_loop().create_future()
        self.set_value(proposal, is_fresh=bool(proposal))
        self.focus()
        if job is not None:
            job.release()
        try:
            return await self._answered
        finally:
            self._answered = self._job = self._preview = self._reads = None
            self._prompt = ""
            self.restore(self._before)

    def answer(self, text: str | None) -> None:
        """Answer the question; None cancels it. Refuses what its `reads` refuses."""
        if self._answered is not None and not self._answered.done():
            if text and self._reads is not None:
                self._read(text, self._reads)
            if self._job is not None:
                # Before the key's fence is back, so that the next key waits for the work.
                self._job.hold()
            self._answered.set_result(text)

    def _read(self, text: str, reads: Callable[[str], object]) -> None:
        """Look whether it is an answer. When not, what a scanner sent is taken out of the line, and
        what was typed stands there to be typed over.
        """
        try:
            reads(text)
        except Refusal:
            kept = text
            if isinstance(text, Scanned):
                kept = text.removesuffix(text.run)
            self.set_value(kept or self._proposal, is_fresh=kept in ("", text))
            raise

    def words_changed(self) -> None:
        """What is typed may come to something else in another language: 9 is 9折, or 9 per cent."""
        self._previewed = ("", "")

    def prompt_pieces(self) -> list[Piece]:
        sign = (f" {glyphs().entry}", "accent")
        return [sign, (f"{clean(again(self._prompt))} ", "strong")] if self._prompt else [sign]

    def after_pieces(self) -> list[Piece]:
        if self._preview is not None and self.value:
            # Kept: the line is drawn more often than it changes.
            if self._previewed[0] != self.value:
                self._previewed = (self.value, clean(self._preview(self.value)))
            return [(f"  {self._previewed[1]}", "good")]
        return [(f" {self._hint}", "muted")] if not self.value and not self._prompt else []


class PlaceEntry(Entry):
    """Where digits go to a place of the screen, a room or a person: signs and Enter are commands
    all the time.
    """

    @property
    def is_blank(self) -> bool:
        return not self.is_asking

    def on_edit_key(self, event: Any) -> bool:
        """Arrows go on from place to place, and a number that was typed is done with."""
        if event.key in _ARROWS and not self.is_asking:
            self.set_value("")
            return False
        return super().on_edit_key(event)
