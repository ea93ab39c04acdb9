"""A list beside the tree that its records hang in: categories left, goods right.

Tab goes between the two; what has the cursor bar is what New, Open and Remove are about. The list
shows the chosen branch with all that is below it, and a new record goes into the chosen branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.base.refusals import Refusal
from models.listings.listing_reader import Anchor, Line
from models.listings.listing_records import record_of
from models.listings.listings import Condition, Linked
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.desk.words import t
from tui.records.forms.form import FormScreen, edit
from tui.records.list import ListScreen
from tui.records.source import Source, all_lines
from tui.widgets.boxes import Horizontal
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm


class BranchNotChosen(Refusal):
    """A branch of the tree must be chosen before it is removed."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One row of the tree. `key` None is the whole of it."""

    key: Any
    name: str
    depth: int
    below: tuple[Any, ...]


def branches(lines: Sequence[Line], parent: str = "parent") -> list[Branch]:
    """The rows of the tree in order, each with the keys of all that hangs below it."""
    children: dict[Any, list[Line]] = {}
    known = {line.key for line in lines}
    for line in lines:
        up = line.values.get(parent)
        above = up.key if isinstance(up, Linked) and up.key in known else None
        children.setdefault(above, []).append(line)
    rows: list[Branch] = []
    _grow(children, None, 0, rows)
    return rows


def _grow(children: dict[Any, list[Line]], above: Any, depth: int, rows: list[Branch]) -> list[Any]:
    keys: list[Any] = []
    for line in children.get(above, ()):
        place = len(rows)
        rows.append(Branch(line.key, str(line.values["name"]), depth, ()))
        below = [line.key, *_grow(children, line.key, depth + 1, rows)]
        rows[place] = replace(rows[place], below=tuple(below))
        keys += below
    return keys


class Pane(LineList):
    """A list that never takes the focus, and shows whether the keys go to it."""

    @property
    def focusable(self) -> bool:
        return False

    def dim(self, is_dim: bool) -> None:
        """Draw the cursor as that of a list without the focus."""
        self.can_focus = is_dim
        self.redraw()


class TreeListScreen(ListScreen):
    """See the docstring of this file."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        listing = self.listing
        from tui.records.listings import listing as book_named

        link = listing[listing.tree].link
        assert link is not None
        self.tree_listing = book_named(link.listing)
        self._tree_name = listing.tree
        self.tree_list = Pane(
            [Column(self.tree_listing.title, 0, read=_branch_text)], can_focus=False, id="tree"
        )
        self._pane = Pane(self.lines.columns, can_focus=False, empty=source.empty_text())
        self.lines = self._pane
        # Who opens the goods wants goods: the tree is a Tab away.
        self.is_in_tree = False
        self._branch: Branch | None = None

    def middle(self) -> Iterable[Any]:
        with Horizontal():
            yield self.tree_list
            yield self.lines

    async def begin(self, key: Any = None) -> None:
        await self._read_tree()
        await super().begin(key)
        self._show_pane()

    async def _read_tree(self, key: Any = None) -> None:
        rows = await all_lines(self.desk, Source(self.tree_listing))
        tree = [Branch(None, "", 0, ()), *branches(rows)]
        place = next((n for n, row in enumerate(tree) if row.key == key), 0)
        self.tree_list.set_rows(tree, cursor=place)
        self._branch = tree[place]

    def _show_pane(self) -> None:
        """The pane with the cursor bar is the one that keys go to."""
        self.roll = self.tree_list if self.is_in_tree else self.lines
        self.tree_list.dim(not self.is_in_tree)
        self._pane.dim(self.is_in_tree)
        self.changed()

    def do_other_pane(self) -> None:
        """Tab: the tree, or the list."""
        self.is_in_tree = not self.is_in_tree
        self._show_pane()

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.prevent_default()
        event.stop()
        branch = self.tree_list.chosen
        if event.list is self.tree_list and branch is not self._branch:
            self._branch = branch
            self.desk.jobs.start(self._show_branch)
        self.show_related()

    async def _show_branch(self) -> None:
        await self.reload()

    async def reload(self, key: Any = None, *, place: Anchor | None = None) -> None:
        """Read the chosen branch again."""
        name = self._tree_name
        view = self.source.view
        kept = tuple(each for each in view.conditions if (each.name, each.sign) != (name, "in"))
        branch = self._branch
        if branch is not None and branch.key is not None:
            kept = (Condition(name, "in", branch.below, branch.name), *kept)
        self.source.view = replace(view, conditions=kept)
        await super().reload(key, place=place)

    def line_changed(self, event: Any) -> None:
        """What is typed is looked for in the list."""
        super().line_changed(event)
        if event.line is self.entry and event.value:
            self.is_in_tree = False
            self._show_pane()

    def has(self, command: Command) -> bool:
        return command.id == "other_pane" or super().has(command)

    def offers(self, command: Command) -> bool:
        if self.is_in_tree and command.id in ("new_record", "drop_record"):
            return self.can_change and self.tree_listing.save is not None
        return super().offers(command)

    def preset(self) -> dict[str, Any]:
        """A new record goes into the chosen branch; of the whole tree, into none."""
        branch = self._branch
        if branch is None or branch.key is None:
            return {}
        return {self._tree_name: Linked(branch.key, branch.name)}

    async def do_open_record(self) -> None:
        """Enter: the record; in the tree, its goods."""
        if not self.is_in_tree:
            return await super().do_open_record()
        branch = self._branch
        if branch is None or branch.key is None:
            return self.do_other_pane()
        key = await edit(self.desk, FormScreen(self.tree_listing, branch.key))
        if key is not None:
            await self._read_tree(key)
            await self.reload()
        return None

    async def do_new_record(self) -> None:
        """F2: a record in the chosen branch; in the tree, a branch below it."""
        if not self.is_in_tree:
            return await super().do_new_record()
        branch = self._branch
        preset = {}
        if branch is not None and branch.key is not None:
            preset = {"parent": Linked(branch.key, branch.name)}
        key = await edit(self.desk, FormScreen(self.tree_listing, preset=preset))
        if key is not None:
            await self._read_tree(key)
            await self.reload()
        return None

    async def do_drop_record(self) -> None:
        """Delete: the record; in the tree, the branch."""
        if not self.is_in_tree:
            return await super().do_drop_record()
        branch, listing = self._branch, self.tree_listing
        if branch is None or branch.key is None:
            raise BranchNotChosen(listing=t(listing.title))
        question = Confirm(word("Remove {name}?"), is_grave=True, name=branch.name)
        if listing.drop is None or not await self.desk.ask(question):
            return None
        found = await self.in_books(record_of, self.desk.session, listing, branch.key)
        if found is not None:
            await self.operate(listing.drop, branch.key, version=found.version)
        await self._read_tree()
        await self.reload()
        return None

    async def step_back(self) -> None:
        """F12: as in every list; then from a branch to the whole tree."""
        own = [each for each in self.source.view.conditions if each.sign != "in"]
        if not own and self._branch is not None and self._branch.key is not None:
            self.tree_list.move_to(0)
        else:
            await super().step_back()


def _branch_text(branch: Any) -> Any:
    if branch.key is None:
        return (t("All"), "muted")
    return "  " * branch.depth + branch.name
