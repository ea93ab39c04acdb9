"""`deskbell init`: makes a store, asking in plain lines, or with the answers of a file."""

from __future__ import annotations

import argparse
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from models.base import clock
from models.config.config import FILE_NAME
from tui.commands import answers
from tui.commands.answers import Answers, Question
from tui.commands.guard import ask, ask_secret, password
from tui.commands.place import MAKING, Place
from tui.commands.terminal import speech
from tui.commands.terminal.speech import out, t, tell

NEW_CONFIG = """\
# The configuration of this machine; every setting is explained in the file that comes with the
# program. Only what differs stands here.
# 本机配置。各项说明见程序自带的 config.toml；这里只写不同之处。
"""


def run(place: Place, options: argparse.Namespace) -> int:
    """Make the store. Refuses: StoreExists, AnswerWrong, PersonNeeded, PasswordWeak ..."""
    from models.store import StoreExists

    place.check()
    if place.is_demo:
        return _demo_anew(place)
    if place.is_file and place.file.exists():
        raise StoreExists(folder=str(place.folder))
    if place.had_store():
        place.refuse_absent()
    given = _given(options)
    place.make_folder()
    _write_config(place, given)
    # The configuration as it is with what was just written.
    _found(Place(place.folder), given)
    _advise(place, given)
    return 0


def _demo_anew(place: Place) -> int:
    """The demonstration store as on its first day; what was tried in it is gone.

    Refuses: StoreInUse, while a counter has it open.
    """
    from models.base import database
    from tui.commands.demo import ready_place

    if place.file.exists():
        with suppress(database.StoreDamaged):
            database.connect(place.url)
        database.close()
        place.stop_log()
        shutil.rmtree(place.folder)
    ready_place()
    return 0


def _given(options: argparse.Namespace) -> Answers:
    if options.answers is None:
        return _asked()
    typed = password(options) if options.password_stdin else None
    return answers.read_answers(options.answers, password=typed)


def _asked() -> Answers:
    """Ask one question after the other; a wrong answer is asked again."""
    tell(t("A new store. Enter keeps what stands in brackets; Ctrl+C leaves and changes nothing."))
    lang = _asked_for(answers.LANGUAGE, speech.language())
    speech.speak(lang)
    rest = (question for question in answers.STORE if question is not answers.LANGUAGE)
    store = {"language": lang} | {each.key: _asked_for(each, each.default) for each in rest}
    owner = {each.key: _asked_for(each, each.default) for each in answers.OWNER}
    return Answers(store, owner | {"password": _asked_password()})


def _asked_for(question: Question, default: Any) -> Any:
    while True:
        typed = ask(f"{t(question.words)}:", question.shown(default) if default != "" else "")
        value = question.read(typed)
        if question.takes(value):
            return value
        tell(t("Not possible: {hint}.", hint=t(question.hint)))


def _asked_password() -> str:
    what, hint = t(answers.PASSWORD.words), t(answers.PASSWORD.hint)
    while True:
        first = ask_secret(t("{what} ({hint}):", what=what, hint=hint))
        if not answers.PASSWORD.takes(first):
            tell(t("Not possible: {hint}.", hint=hint))
        elif ask_secret(t("Once more:")) != first:
            tell(t("The two are not the same."))
        else:
            return first


def _write_config(place: Place, given: Answers) -> None:
    """A config.toml with the language, unless the owner wrote one already."""
    path = place.folder / FILE_NAME
    if path.exists():
        return
    lang = given.store["language"]
    text = f'{NEW_CONFIG}\n[languages]\nscreen = "{lang}"\n'
    path.write_text(text, encoding="utf-8")


def _found(place: Place, given: Answers) -> None:
    from models import store

    making = _Making(place, had_keys=place.keys.exists())
    try:
        store.found_store(making.url, place.keys, _founding(given, place.config.store.number))
        store.close_store()
        making.finish()
    except BaseException:
        making.forget_keys()
        raise
    finally:
        store.close_store()
        making.clear()


@dataclass(frozen=True, slots=True)
class _Making:
    """The store's file under another name until it is whole: a killed init leaves no half store."""

    place: Place
    had_keys: bool

    @property
    def file(self) -> Path:
        return self.place.file.with_suffix(MAKING)

    @property
    def url(self) -> str:
        if not self.place.is_file:
            return self.place.url
        self.clear()
        return f"sqlite:///{self.file}"

    def finish(self) -> None:
        if self.place.is_file:
            self.file.rename(self.place.file)

    def forget_keys(self) -> None:
        """The keys of a store that came to nothing; those that were there before stay."""
        if not self.had_keys:
            shutil.rmtree(self.place.keys, ignore_errors=True)

    def clear(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)


def _founding(given: Answers, store: int) -> Any:
    from models.trust.founding import Founding

    today = clock.now().astimezone(ZoneInfo(given.store["zone"])).date()
    return Founding(
        owner_login=given.owner["login"],
        owner_name=given.owner["name"].strip(),
        owner_password=given.owner["password"],
        first_day=today,
        store=store,
        **given.store | {"trades": tuple(given.store["trades"])},
    )


def _advise(place: Place, given: Answers) -> None:
    """What now, and how not to lose it."""
    out(t("The store {name} is made.", name=given.store["name"]))
    out(t("It lies in {folder}.", folder=place.folder))
    out()
    out(t("So that it can always be recovered:"))
    out("  " + t("1. Copy the folder {keys} to a safe place away from this PC.", keys=place.keys))
    out(
        "     "
        + t("Without it a copy of the store opens, but no PIN works and no day can be proved.")
    )
    out("  " + t("2. Let copies go to another disk: [backup] folder in config.toml."))
    out("  " + t("3. Make the first one now: deskbell backup"))
    out()
    out(t("Then: deskbell doctor checks this machine, deskbell opens the counter."))
