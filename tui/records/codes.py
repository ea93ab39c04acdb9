"""The codes of the program that people read: the verbs of operations, as the audit log has them.

`shown` of a field with `is_code` says them; a test fails on an operation without words.
"""

from __future__ import annotations

from typing import Final

from receipts.words import word
from tui.desk.words import t

VERBS: Final = (
    word("add freight"), word("approve order"), word("book bill"), word("close order"),
    word("begin stocktake"), word("drop stocktake"), word("post stocktake"),
    word("take out"), word("drop out"), word("request out"),
    word("drop delivery"), word("drop supplier price"), word("receive goods"), word("save order"),
    word("save supplier"), word("save supplier price"), word("send goods back"),
    word("send order"),
    word("give own barcode"), word("print labels"),
    word("add barcode"), word("add user"), word("adjust stock"), word("allocate"),
    word("allow backup"),
    word("answer unknown"), word("backup proved"), word("begin import"), word("begin undo"),
    word("cancel bill"),
    word("change own secrets"), word("change settings"), word("change user"),
    word("choose look"), word("close day"), word("close shift"),
    word("confirm job"), word("count drawer"), word("denied"), word("discount bill"),
    word("discount line"), word("drop category"), word("drop goods"), word("drop job"),
    word("drop role"), word("drop tax rate"), word("drop to safe"), word("drop unit"),
    word("drop view"), word("end import"), word("execute request"),
    word("clock changed"), word("override failed"), word("own password failed"),
    word("restore"), word("sign-in failed"),
    word("failures cleared"), word("fetch bill"), word("found store"), word("hold bill"),
    word("join bills"), word("split bill"),
    word("import block"), word("lower quantity"), word("migrate"), word("open drawer"),
    word("open folio"), word("open shift"), word("override price"), word("pay in"),
    word("pay out"), word("print folio"), word("print sale"), word("print x"),
    word("ring below zero"), word("record export"),
    word("refuse request"), word("remove line"), word("reprint"),
    word("request approval"), word("reset password"), word("review"),
    word("save category"), word("save department"), word("save folio"), word("save goods"),
    word("save promotion"), word("save register"), word("save role"), word("save tax rate"),
    word("save tender"),
    word("copy to file"),
    word("save salon service"), word("save grade"), word("name stylists"),
    word("save commission rule"), word("switch commission rule"), word("drop grade"),
    word("save stylist"),
    word("save appointment"), word("move appointment"), word("cancel appointment"),
    word("step appointment"), word("note reminder"), word("ring appointment"),
    word("save roster hours"), word("drop roster hours"), word("save absence"),
    word("decide absence"), word("drop absence"), word("save thing"), word("switch thing"),
    word("set presence"), word("pass turn"), word("add walk in"), word("name deposit"),
    word("keep deposit"),
    word("switch stylist"), word("save card kind"), word("sell card"), word("set card state"),
    word("replace card"), word("transfer card"), word("merge cards"), word("extend card"),
    word("refund card"),
    word("save points rule"), word("switch points rule"), word("change points"),
    word("print month"), word("pay tips"), word("save patch test"), word("save formula"),
    word("name uses"),
    word("use formula"), word("save level rule"), word("switch level rule"), word("grade block"),
    word("hold draw"),
    word("sell voucher"), word("pay back lot"), word("save lot"), word("switch lot"),
    word("save place"), word("save unit"), word("save view"), word("sell"), word("settle account"),
    word("sign in"), word("sign out"), word("sign-in wait"),
    word("switch promotion"), word("switch folio"),
    word("switch goods"),
    word("save person"), word("switch person"), word("save choice"), word("drop choice"),
    word("save group"), word("drop group"), word("save contact"), word("drop contact"),
    word("merge people"), word("undo merge"), word("record view"),
    word("switch tender"), word("take for"), word("take off"), word("take pins"),
    word("undo block"), word("unlock"), word("withdraw"),
    word("add window"), word("adjust line"), word("apply deposit"), word("assign room"),
    word("cancel stay"), word("change stay"), word("check in"), word("check out"),
    word("close room"), word("confirm stay"), word("hold block"), word("move guest"),
    word("swap guests"),
    word("pay folio"), word("pick up"), word("post charge"), word("post late charge"),
    word("post to folio"), word("reinstate guest"), word("reinstate stay"), word("reopen room"),
    word("reserve"), word("return deposit"), word("route charges"), word("save plan"),
    word("save price"), word("save room"), word("save room type"), word("save service"),
    word("set care"), word("split line"), word("stop routing"),
    word("take deposit"), word("transfer lines"), word("void charge"), word("walk in"),
    word("post nights"), word("mark no show"), word("reinstate no show"),
    word("approve bill"), word("mend bill"), word("set quantity"), word("fail import"),
    word("change routing"), word("check in group"), word("check out group"), word("open master"),
    word("print group"), word("save rooming list"),
    word("write off"), word("give back credit"), word("open balance"), word("change due day"),
    word("dispute item"), word("print statement"), word("print reminder"),
    word("request invoice"), word("print bill"), word("reopen sale"),
    word("change tender"), word("change hands"),
    word("deduct from wages"), word("buy foreign"), word("bank foreign"),
    word("save package"), word("report seen"), word("register visitor"), word("visitor left"),
    word("dispute line"), word("set aside"),
    word("save trace"), word("finish trace"), word("exempt from tax"), word("close sale"),
    word("issue tax invoice"), word("red invoice"),
    word("void sale"), word("return goods"), word("exchange"), word("return without slip"),
    word("begin without slip"), word("begin pay code"), word("keep answer"),
    word("give up pay code"), word("keep gateway list"), word("give back by hand"),
    word("pay out for"), word("take paid out back"), word("refund guest"), word("refund master"),
)  # fmt: skip

# Operations that a right is called as, for more than they do: paying out is also to a supplier.
OWN_WORDS: Final = {"pay_out": word("Cash out")}


def code_text(code: str) -> str:
    """What a code of the program is called."""
    return t(OWN_WORDS.get(code, code.replace("_", " ")))
