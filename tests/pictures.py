"""Pictures of every screen, from the demonstration counter in a real terminal.

    python -m tests.pictures docs/pictures [SCENE ...]

Both languages, at 80x24, some at 132x43 and a few at 200x60; the clock stands at one afternoon, so
that only what changed in the program changes a picture.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from receipts.words import Language, say
from tests.painting import paint
from tests.pictures_salon import the_salon
from tests.terminal import Terminal

SIZES = ((80, 24), (132, 43), (200, 60))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
NOON = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


class Stage(Terminal):
    """The demonstration counter, and where its pictures go."""

    def __init__(
        self, home: Path, *, lang: Language, columns: int, rows: int, album: Path, only: set[str]
    ) -> None:
        self.lang, self.album, self.only = lang, album, only
        self.kind, self.seen = f"{lang}-{columns}x{rows}", SEEN[columns]
        command = [sys.executable, "-m", "tests.pictures", "--counter"]
        # Paths on the screen begin with ~, whatever folder this is.
        env = {"XDG_DATA_HOME": str(home), "HOME": str(home)}
        super().__init__(command, columns=columns, rows=rows, env=env)

    def take(self, name: str) -> None:
        """A picture of what stands there now."""
        self.settle(still_s=0.35)
        if (not self.only or name in self.only) and (not self.seen or name in self.seen):
            paint(self.screen, self.album / f"{name}-{self.kind}.png")
            print(f"{name}-{self.kind}.png")

    def enter(self, text: str = "") -> None:
        self.type(text, every_s=0.02)
        self.pump(0.12)
        self.key("enter")
        self.settle(still_s=0.3)

    def opens(self, number: int) -> None:
        """An entry of the menu, from home; the screen may come late on a slow machine."""
        self.enter(str(number))
        for _ in range(100):
            if say("Home", self.lang) not in self.lines()[0] or "╭" in self.text():
                break
            self.pump(0.1)
        self.settle(still_s=0.3)

    def press(self, *names: str) -> None:
        for name in names:
            self.pump(0.12)
            self.key(name)
            self.settle(still_s=0.25)

    def scan(self, *codes: str) -> None:
        for code in codes:
            self.send(f"{code}\r")
            self.settle(still_s=0.25)

    def home(self) -> None:
        """Back to the menu, whatever stands above it."""
        for _ in range(6):
            before, is_asked = self.lines()[0], "╭" in self.text()
            if say("Home", self.lang) in before and not is_asked:
                return
            self.press("f12" if is_asked else "f3")
            # A slow machine may need a moment more for the screen below.
            for _ in range(20):
                if (self.lines()[0], "╭" in self.text()) != (before, is_asked):
                    break
                self.pump(0.1)
            self.settle(still_s=0.25)

    def see(self, msgid: str) -> None:
        self.wait(say(msgid, self.lang))
        self.settle(still_s=0.3)


Scene = Callable[[Stage], None]


def the_doors(stage: Stage) -> None:
    stage.wait(say("Your number", stage.lang), timeout_s=60)
    stage.take("sign-in")
    stage.enter("1")
    stage.enter("demo-manager")
    stage.see("Home")
    stage.take("home")


def the_till(stage: Stage) -> None:
    """Float, bill, questions, payment, change."""
    stage.opens(11)
    stage.take("open-shift")
    stage.press("f9")
    stage.take("selling-empty")
    for typed in CODES:
        stage.enter(typed)
    stage.press("up")
    stage.press("/")
    stage.take("question")
    stage.enter("-10%")
    stage.press("end", "pagedown")
    stage.take("selling")
    stage.scan("6901234567892")
    stage.take("refused")
    stage.press("f7")
    stage.type("lc" if stage.lang == "zh" else "tea", every_s=0.05)
    stage.take("find-goods")
    stage.press("f12")
    stage.press("ctrl+g")
    stage.enter(CODES[0])
    stage.take("price-and-stock")
    stage.press("f12")
    stage.press("f1")
    stage.take("help")
    stage.press("f12")
    stage.press("f10")
    stage.take("menu")
    stage.press("f12")
    stage.press("f9")
    stage.see("Ways to pay")
    stage.take("payment")
    stage.enter("20")
    stage.enter("50")
    stage.take("paid")
    stage.press("ctrl+t")
    stage.take("return")
    stage.press("f12")
    stage.press("ctrl+y")
    stage.take("void")
    stage.press("f12")
    stage.press("ctrl+a")
    stage.take("put-right")
    stage.press("f12")
    stage.press("f8")
    stage.take("fetched")
    stage.press("ctrl+x")
    stage.take("cancel-bill")
    stage.press("f12")
    stage.press("ctrl+d")
    stage.take("cash")
    stage.press("f12")
    stage.press("ctrl+u")
    stage.take("switch-user")
    stage.press("f12")
    stage.press("f5")
    stage.press("f3")


def who_waits(stage: Stage) -> None:
    """Bills on hold, and what a cashier needs a manager for."""
    stage.opens(11)
    for name, code in (("红衣服 Red coat", "10021"), ("", "10034")):
        stage.enter(code)
        stage.type(name, every_s=0.02)
        stage.press("f5")
    stage.enter(CODES[0])
    stage.press("f8")
    stage.take("held-bills")
    stage.press("f12")
    signs_in(stage, "2", "222222")
    stage.press("/")
    stage.enter("-50%")
    stage.take("approval")
    stage.press("f12")
    signs_in(stage, "1", "demo-manager")
    # The shift closes over no open bill without a question.
    stage.press("ctrl+x", "delete")
    stage.home()


def signs_in(stage: Stage, number: str, password: str) -> None:
    """Another user, over the work on the screen."""
    stage.press("ctrl+u")
    stage.see("Your number")
    stage.enter(number)
    stage.enter(password)
    stage.see("Selling")


def the_front_desk(stage: Stage) -> None:
    """The rack, a guest's account, who comes, and the night audit."""
    stage.opens(70)
    stage.take("rack")
    stage.press("/")
    stage.take("folio")
    stage.press("-")
    stage.take("check-out")
    stage.press("f12")
    stage.home()
    stage.opens(70)
    stage.press("f9")
    stage.take("arrivals")
    stage.press("enter")
    stage.take("check-in")
    stage.home()
    stage.opens(71)
    stage.take("reservation")
    stage.home()
    for number, name in ((72, "stays"), (79, "night-audit"), (58, "import-kinds")):
        stage.opens(number)
        stage.take(name)
        stage.home()


def the_office(stage: Stage) -> None:
    """Reports, the lists of basic data and one form, the tools."""
    stage.opens(13)
    stage.take("x-report")
    stage.press("f12")
    stage.opens(15)
    stage.take("z-reports")
    stage.home()
    for number, name in LISTS:
        stage.opens(number)
        stage.take(name)
        if name in FORMS:
            stage.press(*FORMS[name])
            stage.take(f"{name}-form")
            stage.press("f3")
        stage.home()


def the_import(stage: Stage) -> None:
    """A list of another till: files, columns, a field of one, trial, stored, taken back."""
    stage.opens(58)
    # The house has rooms and reservations to take in as well: goods stand first.
    stage.see("What is in the file?")
    stage.press("enter")
    stage.see("Where")
    stage.take("import")
    stage.press("enter")
    stage.see("Is read as")
    stage.take("import-columns")
    stage.press("enter")
    stage.wait("╭")
    stage.take("import-field")
    stage.press("f12")
    stage.wait("╭", gone=True)
    stage.press("f9")
    stage.wait(say("Tried; nothing is stored yet.", stage.lang), timeout_s=60)
    stage.take("import-trial")
    stage.press("f9")
    stage.wait(say("Imported.", stage.lang), timeout_s=60)
    stage.take("import-done")
    stage.press("f3")
    stage.press("f8")
    stage.see("When")
    stage.take("imports")
    stage.press("delete")
    stage.wait("╭")
    stage.take("import-undo")
    stage.press("enter")
    stage.wait(say("Taken back.", stage.lang), timeout_s=60)
    stage.home()


def the_store_room(stage: Stage) -> None:
    """An order that is received, and a shelf that is counted."""
    stage.opens(300)
    stage.see("What is received?")
    stage.take("to-receive")
    stage.press("enter")
    stage.see("Scan; 12* before it takes in twelve. F9 finishes.")
    stage.enter("12*10031")
    stage.enter("10032")
    stage.take("receiving")
    stage.home()
    stage.opens(330)
    stage.see("What is counted?")
    stage.take("to-count")
    stage.press("enter")
    stage.see("Scan; 12* before it counts twelve. F9 compares with the books.")
    stage.enter("12*10013")
    stage.take("counting")
    stage.press("f9")
    stage.see("Result")
    stage.take("comparing")
    stage.home()
    stage.opens(332)
    stage.see("What is done with the goods?")
    stage.take("to-go-out")
    stage.press("enter")
    stage.see("Scan; 12* before it means twelve. F9 finishes.")
    stage.take("goods-out")
    stage.home()
    stage.opens(338)
    stage.see("On the label")
    stage.take("old-labels")
    stage.home()
    stage.opens(51)
    stage.press("f8", "enter")
    stage.take("labels")
    stage.home()


def the_close(stage: Stage) -> None:
    stage.opens(14)
    for pieces in ("3", "2", "5", "10", "9"):
        stage.enter(pieces)
    stage.take("count")
    stage.press("f9")
    stage.wait(say("Close the shift?", stage.lang), timeout_s=60)
    stage.take("difference")
    stage.press("down", "enter")
    stage.take("shift-closed")
    stage.enter("16")
    stage.take("close-day")
    stage.press("f12")
    stage.press("f3")
    stage.take("sign-out")


SCENES: tuple[Scene, ...] = (
    the_doors, the_till, who_waits, the_front_desk, the_salon, the_office, the_import,
    the_store_room, the_close,
)  # fmt: skip
# Water, three colas as two and one, apples by weight, coffee.
CODES = ("10001", "2*10021", "1.284*10177", "10034", "10009")
LISTS = (
    (18, "find-bill"), (19, "bills"), (21, "people"), (31, "stock-adjustment"), (32, "stock"),
    (41, "takings-by-day"), (44, "takings-by-item"), (48, "receivables"), (51, "goods"),
    (339, "price-changes"),
    (52, "categories"), (53, "units"), (54, "tax-rates"),
    (55, "tenders"), (56, "accounts"), (57, "suppliers"), (61, "approvals"), (62, "staff"),
    (63, "roles"), (64, "departments"), (81, "settings"), (82, "registers"), (83, "print-jobs"),
    (84, "till-events"), (85, "audit"), (91, "devices"), (307, "payables"),
    (308, "paid-to-suppliers"), (309, "accounts-moved"), (326, "lots"), (336, "overstock"),
    (337, "stock-on-day"),
)  # fmt: skip
# What a wide terminal shows otherwise than a small one.
ON_WIDE = {"home", "selling", "payment", "goods", "goods-form", "audit", "help", "takings-by-item"}
ON_WIDE |= {"import-trial", "held-bills", "approval", "rack", "folio", "check-in", "stays"}
ON_WIDE |= {"receiving", "counting", "comparing", "goods-out"}
ON_WIDE |= {"night-audit", "check-out", "count", "difference"}
ON_WIDEST = {"home", "selling", "payment", "goods", "rack", "held-bills", "approval"}
ON_WIDEST |= {"count", "difference"}
# What each width shows; empty: everything.
SEEN: dict[int, set[str]] = {80: set(), 132: ON_WIDE, 200: ON_WIDEST}
# The keys that open a record.
FORMS = {"bills": ("enter",), "goods": ("enter",), "staff": ("enter",)}


def counter() -> int:
    """The demonstration counter at its fixed hour; the clock goes on from there."""
    from models.base import clock
    from tui.commands.main import main

    begun = datetime.now(UTC)
    with clock.use(lambda: NOON + (datetime.now(UTC) - begun)):
        return main(["--demo"])


def make_demo(home: Path, lang: Language) -> None:
    """The demonstration store in one language, made once for all its pictures."""
    from models.base import clock
    from models.config.config import store_folder
    from tui.demo import build

    os.environ["XDG_DATA_HOME"] = str(home)
    with clock.use(lambda: NOON - timedelta(hours=5)):
        build.make(store_folder(demo=True), lang=lang)


def put_list(folder: Path) -> None:
    """The goods of another till, with a few things wrong."""
    lines = ["天天便利 商品资料", "货号,条码,品名,单位,类别,零售价,进货价,备注"]
    for n in range(1, 61):
        price = "面议" if n in (7, 31) else f"{n % 9 + 1}.50"
        name = "" if n == 18 else f"手工饼干 {n} 号 200g"
        lines.append(f"8{n:04},,{name},包,食品 > 饼干,{price},{n % 9}.2,")
    lines += ["80012,,重复的编码,包,,1.00,,", "合计,,,,,300.00,,"]
    file = folder / "tiantian.csv"
    file.write_bytes("\r\n".join(lines).encode("gb18030"))
    for path in folder.iterdir():
        hours = 1 if path == file else 48
        os.utime(path, (NOON.timestamp() - hours * 3600,) * 2)


def stages(album: Path, only: set[str]) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="deskbell-pictures-") as folder:
        for lang in LANGUAGES:
            made = Path(folder) / f"made-{lang}"
            make_demo(made, lang)
            for columns, rows in SIZES:
                home = Path(folder) / f"{lang}-{columns}"
                shutil.copytree(made, home)
                config = home / "deskbell" / "demo" / "config.toml"
                told = config.read_text(encoding="utf-8")
                config.write_text(f'{told}\n[languages]\nscreen = "{lang}"\n', encoding="utf-8")
                put_list(home / "deskbell" / "demo" / "imports")
                stage = Stage(home, lang=lang, columns=columns, rows=rows, album=album, only=only)
                with stage:
                    yield stage


def main(words: list[str]) -> int:
    """Make the pictures; with names behind the folder only those."""
    album, only = Path(words[0]), set(words[1:])
    album.mkdir(parents=True, exist_ok=True)
    for stage in stages(album, only):
        for scene in SCENES:
            scene(stage)
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--counter"]:
        sys.exit(counter())
    sys.exit(main(sys.argv[1:]))
