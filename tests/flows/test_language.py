"""The language on the screen: what is chosen at the door stays for whoever signs in there."""

from __future__ import annotations

import pytest

from tests.flows.conftest import Counter, Floor
from tests.flows.till import Till

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


def test_the_language_chosen_at_the_door_stays(floor: Floor, till: Counter) -> None:
    folder = floor("zh")
    term: Till = till(folder)
    term.see("Your number")
    term.key("ctrl+l")
    term.lang = "en"
    term.sign_in()
    term.see("Home")
    term.kill()
    # The door speaks as ever; who signs in is greeted in his language.
    again: Till = till(folder)
    again.see("Your number")
    again.sign_in()
    again.lang = "en"
    again.see("Home")
    again.key("ctrl+l")
    again.lang = "zh"
    again.see("Home")
    again.kill()
    last: Till = till(folder)
    last.sign_in()
    last.see("Home")
