"""What of a list is shown, in words: its conditions and dates."""

from __future__ import annotations

from models.listings.listings import Listing, View
from receipts.words import word
from tui.desk.words import t

SIGNS = {
    "has": word("{column} has {value}"),
    "like": word("{column} is like {value}"),
    "any": word("{column}: {value}"),
    "starts": word("{column} begins with {value}"),
    "=": word("{column} is {value}"),
    "<>": word("{column} is not {value}"),
    ">=": word("{column} from {value}"),
    "<=": word("{column} up to {value}"),
    "in": word("{column} is {value}"),
}


def texts(listing: Listing, view: View) -> list[str]:
    """The conditions and dates of a view in words."""
    dates = [dates_text(view.since, view.until)] if view.since or view.until else []
    return condition_texts(listing, view) + dates


def condition_texts(listing: Listing, view: View) -> list[str]:
    """The conditions alone."""
    return [
        t(SIGNS[each.sign], column=t(listing[each.name].label), value=each.text or "-")
        for each in view.conditions
        if each.name in listing.by_name
    ]


def dates_text(since: str, until: str) -> str:
    """A date window in words."""
    if since and until:
        return since if since == until else t("{since} to {until}", since=since, until=until)
    return t("since {since}", since=since) if since else t("until {until}", until=until)
