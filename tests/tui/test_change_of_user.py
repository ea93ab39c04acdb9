"""Another user signs in over the work: what he may not see closes, what stays is shown as his."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from models.listings.listings import Condition, View
from models.trust.settings import store_value
from models.trust.trades_used import used_names
from models.trust.users import RoleRight
from tests.databases import Stores
from tests.trades import ENTRIES
from tests.tui.counters import Counter, a_counter
from tui.desk.frame import FrameScreen
from tui.desk.trade_screens import MenuEntry, declared, open_entry, open_named
from tui.office.home import Home
from tui.records.forms.form import FormScreen
from tui.records.list import ListScreen
from tui.records.listings import listing
from tui.records.picker import Picker
from tui.widgets.panel import Panel

pytestmark = pytest.mark.row("SYS-04", "SYS-05")

# One of each role that a shop is founded with, but the owner.
OTHERS = ("cashier", "clerk", "auditor", "manager")
# Who may do least, always; the others in the long run.
LEAST_FIRST = [
    "auditor",
    *(pytest.param(each, marks=pytest.mark.long) for each in OTHERS if each != "auditor"),
]


def subclasses(of: type[Any]) -> set[type[Any]]:
    return {of} | {deep for each in of.__subclasses__() for deep in subclasses(each)}


def test_every_screen_says_who_may_see_it() -> None:
    """One that does not closes at each change of user: say its verb, or "" for everybody."""
    said_by_what_it_shows = {"ListScreen", "TreeListScreen", "GroupScreen", "FormScreen"}
    bases = {"FrameScreen", "CountDrawer", "Ringing"}
    silent: set[str] = {
        each.__name__
        for each in subclasses(FrameScreen)
        if each.__module__.startswith("tui.") and each.right is None
    }
    assert silent - bases == said_by_what_it_shows & silent


def test_the_menu_and_the_book_behind_it_ask_for_the_same_right() -> None:
    """A listing that asks for none is read by whoever finds another way to it."""
    # Who keeps people keeps their groups; who sees people sees them.
    others = {"person_groups": "see people"}
    for entry in ENTRIES:
        opener, *names = entry.open.split()
        if opener == "tui.records.open:open_listing":
            asked = others.get(names[0], entry.right)
            assert listing(names[0]).right == asked, names[0]


async def entries_of(counter: Counter) -> list[MenuEntry]:
    """The entries of the trades that the store uses."""
    used = await counter.app.in_books(used_names)
    return list(declared("menu", used))


async def walk(counter: Counter, login: str, entries: Iterable[MenuEntry]) -> tuple[int, int]:
    """Each entry of the menu, opened by the owner: what is left over for the next user is what he
    could have opened, and shows what it would have shown him. How many closed, and how many stayed.
    """
    app, rights = counter.app, await counter.rights(login)
    closed = stayed = 0
    for entry in entries:
        await counter.begins("owner")
        await counter.opens(open_named, app, entry.open)
        if len(app.screen_stack) == 2:
            continue
        await counter.changes_to(login)
        assert not any(isinstance(screen, Panel) for screen in app.screen_stack), entry
        if entry.right and not rights.holds(entry.right):
            assert isinstance(app.screen, Home), entry
            closed += 1
        elif not isinstance(app.screen, Home):
            stayed += 1
            left = counter.text()
            await counter.begins(login)
            await counter.opens(open_named, app, entry.open)
            assert counter.text() == left, entry
    return closed, stayed


async def test_what_he_may_not_see_closes(stores: Stores) -> None:
    """Selling, the X on screen, people, stock, its value, takings, goods, settings."""
    some = [each for each in ENTRIES if each.number in (11, 13, 21, 32, 34, 41, 51, 81)]
    async with a_counter(stores) as counter:
        assert await walk(counter, "cashier", some) == (5, 3)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("login", OTHERS)
async def test_every_entry_of_the_menu_against_every_role(stores: Stores, login: str) -> None:
    async with a_counter(stores) as counter:
        closed, stayed = await walk(counter, login, await entries_of(counter))
        assert closed + stayed > 20 and (closed > 0 or login == "manager")


def test_screens_are_shown_by_one_way(root: Path) -> None:
    """CounterApp.go looks at the right of each; only the door stands open."""
    pushing = {
        path.relative_to(root / "tui").as_posix(): text.count("push_screen(SignIn(")
        for path in (root / "tui").rglob("*.py")
        if "push_screen(" in (text := path.read_text(encoding="utf-8")) or "switch_screen(" in text
    }
    assert pushing == {"desk/app.py": 0, "desk/counter_app.py": 2}
    text = (root / "tui/desk/counter_app.py").read_text(encoding="utf-8")
    assert text.count("push_screen(") == 2


# These begin with a question that shows nothing of the books, or say that there is nothing to do;
# what is answered asks for the right.
ASKING_FIRST = (12, 17, 18, 24, 74, 75, 87, 90, 98, 99, 300, 302, 330, 401, 404, 405, 473)


async def refused(counter: Counter, login: str, entries: Iterable[MenuEntry]) -> list[str]:
    """Each entry that somebody has no right to, opened by him past the menu: what let him in."""
    app, rights = counter.app, await counter.rights(login)
    inside = []
    for entry in entries:
        if not entry.right or rights.holds(entry.right):
            continue
        await counter.begins(login)
        await counter.opens(open_named, app, entry.open)
        if not isinstance(app.screen, Home) or "的权限，不能查看" not in app.notices.alarm:
            inside.append(f"{entry.number} {entry.label}: {type(app.screen).__name__}")
    return inside


async def test_no_way_past_the_menu_shows_what_he_may_not_see(stores: Stores) -> None:
    some = [each for each in ENTRIES if each.number in (13, 31, 34, 51, 81)]
    async with a_counter(stores) as counter:
        assert await refused(counter, "cashier", some) == []
        # And the menu that stood there when his right was taken opens nothing more.
        await counter.begins("manager")
        gone = [each for each in ENTRIES if each.number == 12]
        await counter.app.in_books(
            lambda: RoleRight.delete().where(RoleRight.verb == gone[0].right).execute()
        )
        await counter.opens(open_entry, counter.app, gone[0])
        assert isinstance(counter.app.screen, Home)
        assert counter.app.notices.alarm.startswith("李经理 没有“现金收支”的权限")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("login", LEAST_FIRST)
async def test_no_way_past_the_menu_for_any_role(stores: Stores, login: str) -> None:
    async with a_counter(stores) as counter:
        entries = await entries_of(counter)
        others = [each for each in entries if each.number not in ASKING_FIRST]
        assert await refused(counter, login, others) == []


async def test_a_form_drops_the_fields_and_keeps_what_was_typed(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app = counter.app
        people = listing("people")
        await counter.begins("owner")
        key = await app.in_books(
            lambda: __import__("models.people.persons").people.persons.Person.get().key
        )
        form = FormScreen(people, key)
        await app.go(form)
        await counter.rest()
        assert form.sheet.values["health"] == "花生过敏"
        form.sheet.values["wants"] = "靠窗"
        await counter.changes_to("cashier")
        assert app.screen is form
        assert "health" not in form.sheet.values and form.sheet.values["wants"] == "靠窗"
        assert "health" not in {each.name for each in form.fields}
        await counter.changes_to("owner")
        assert form.sheet.values["health"] == "花生过敏" and form.sheet.values["wants"] == "靠窗"


async def test_a_question_to_another_is_taken_back(stores: Stores) -> None:
    """A list to pick from stands over a screen that the next user may see."""
    async with a_counter(stores) as counter:
        app = counter.app
        await counter.begins("owner")
        await counter.opens(open_named, app, "tui.office.devices:open_devices")
        answers: list[Any] = []

        async def picks() -> None:
            panel: Any = Picker(listing("suppliers"))
            answers.append(await app.ask(panel))

        await counter.opens(picks)
        assert isinstance(app.screen, Picker)
        await counter.changes_to("owner")
        assert isinstance(app.screen, Picker), "the same person goes on"
        await counter.changes_to("cashier")
        assert answers == [None] and not isinstance(app.screen, Panel)


async def test_work_ends_with_the_screen_that_is_closed_under_it(stores: Stores) -> None:
    """A question of the room rack is taken back: nothing is shown on the rack that is gone."""
    from tui.hotel.rack.rack import RackScreen

    async with a_counter(stores) as counter:
        app = counter.app
        await counter.begins("owner")
        await app.in_books(lambda: store_value("trade.hotel", True))
        rack = RackScreen()
        await app.go(rack)
        await counter.opens(rack.do_find_stay)
        assert isinstance(app.screen, Picker)
        await counter.changes_to("clerk")
        await counter.rest()
        # As its own job does, when it comes to it after the screen was taken away.
        app.jobs.start(rack.look)
        await counter.rest()
        assert isinstance(app.screen, Home) and not app.notices.alarm


async def test_a_filter_by_a_hidden_field_goes(stores: Stores) -> None:
    """A view that the owner made tells the clerk nothing of what he may not see."""
    async with a_counter(stores) as counter:
        app = counter.app
        await counter.begins("owner")
        await counter.opens(open_named, app, "tui.records.open:open_listing goods")
        goods = app.screen
        assert isinstance(goods, ListScreen)
        goods.source.view = View(order="cost", conditions=(Condition("cost", ">=", 1),))
        await app.in_books(lambda: RoleRight.delete().where(RoleRight.verb == "see cost").execute())
        await counter.changes_to("clerk")
        assert app.screen is goods and goods.source.view == View()
        assert len(goods.lines.row_values) == 5
        assert "cost" not in goods.lines.row_values[0].values
