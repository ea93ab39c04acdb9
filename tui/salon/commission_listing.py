"""Rules of commission: for work or a card sold, whose, of what, how much, in which steps."""

from __future__ import annotations

from models.goods.goods import Category
from models.goods.goods_link import GOODS_LINK
from models.listings.listings import Field, Link, Listing
from models.members.card_kinds import CardKind
from models.salon.commission_rules import (
    ALL,
    ASKED,
    BASE_WORDS,
    CARD_WORDS,
    EVENT_WORDS,
    MEMBER,
    OTHER,
    PAID,
    RULES,
    TURN,
    WORK,
    CommissionRule,
    save_commission_rule,
    switch_commission_rule,
)
from models.salon.stylists import Grade
from receipts.words import word
from tui.records.looks import Look
from tui.salon.stylists_listings import filled

_WAYS = (("", word("both")), (ASKED, word("by name")), (TURN, word("turn")))
_BUYERS = (("", word("both")), (MEMBER, word("customer on the bill")), (OTHER, word("others")))


LISTING = Listing(
    "commission_rules",
    RULES,
    CommissionRule,
    order="number",
    fields=(
        Field("number", word("No."), "number", look=Look(5), is_computed=True, is_sorted=True,
              in_form=False),
        Field("event", word("Pays for"), "choice", look=Look(10),
              choices=tuple(EVENT_WORDS.items()), default=WORK),
        Field("goods", word("Item"), "link", look=Look(12), link=GOODS_LINK,
              help=word("A rule of an item comes before one of its category, that before one "
                        "of all.")),
        Field("category", word("Category"), "link", look=Look(14, drop=2),
              link=Link("categories", Category)),
        Field("card", word("Kind of card"), "link", look=Look(12, drop=3),
              link=Link("card_kinds", CardKind), help=word("Of a card sold; empty: all kinds.")),
        Field("grade", word("Grade"), "link", look=Look(8), link=Link("grades", Grade)),
        Field("way", word("Asked or turn"), "choice", look=Look(8), choices=_WAYS, default=""),
        Field("buyer", word("Whose bill"), "choice", look=Look(10, drop=1), choices=_BUYERS,
              default=""),
        Field("base", word("Taken of"), "choice", look=Look(14, drop=2),
              choices=tuple(BASE_WORDS.items()),
              default=PAID, help=word("List price; what was paid, discounts off; that without "
                                      "tax; or that less the goods used.")),
        Field("rate", word("Per cent"), "rate", example="30",
              help=word("In per cent. Or an amount for each, not both.")),
        Field("each", word("For each"), "money", look=Look(9), example="5.00"),
        Field("steps", word("Tiers"), limit=100, look=Look(14, drop=3), example="10000:35 20000:40",
              help=word("10000:35 20000:40: above so much that he brought in the month another "
                        "rate.")),
        Field("is_whole", word("Whole month"), "yes-no", is_listed=False, default=False,
              help=word("Yes: the step reached pays for all of the month; what is due beyond is "
                        "written at its end.")),
        Field("cards", word("What a card pays"), "choice", look=Look(14, drop=3),
              choices=tuple(CARD_WORDS.items()), default=ALL,
              help=word("Who is paid when a card is sold is not paid again for work that it "
                        "pays: it does not count.")),
        Field("note", word("Note"), limit=60, is_listed=False),
        Field("is_active", word("In use"), "yes-no", look=Look(6, drop=1), default=True),
    ),
    find=("note",),
    named="number",
    right="keep commission",
    change_right="keep commission",
    save=filled(save_commission_rule),
    drop=switch_commission_rule,
    is_switched=True,
    empty=word("No rule yet: nobody gets commission. F2 makes one."),
)  # fmt: skip
