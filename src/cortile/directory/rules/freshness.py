"""How true a card still is, from the day somebody last said so. Pure. Source: issue E; product S17, T5."""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta

# After so many days the keeper gets one link; after so many the card is no longer shown as sure.
ASK_AFTER, SURE_FOR = timedelta(days=60), timedelta(days=90)
# A link lasts until long after the card stopped being sure: who comes back from holiday still finds it.
LINK_LASTS = timedelta(days=45)
# A card is corrected when its link is first used, and for so long after: later, whoever finds the mail changes nothing.
CORRECTS_FOR = timedelta(hours=1)


class Freshness(enum.StrEnum):
    """What may be said of a card: sure, sure and to be asked about, no longer sure, or never confirmed by anybody."""

    SURE = "sure"
    ASK = "ask"
    UNSURE = "unsure"
    NEVER = "never"


def freshness(confirmed: datetime | None, now: datetime) -> Freshness:
    """Return how fresh a card is. The sixtieth day asks, the ninetieth no longer vouches."""
    if confirmed is None:
        return Freshness.NEVER
    age = now - confirmed
    if age >= SURE_FOR:
        return Freshness.UNSURE
    return Freshness.ASK if age >= ASK_AFTER else Freshness.SURE


def is_sure(confirmed: datetime | None, now: datetime) -> bool:
    """Tell whether a card may be shown as sure."""
    return freshness(confirmed, now) in {Freshness.SURE, Freshness.ASK}


def must_ask(confirmed: datetime | None, asked: datetime | None, now: datetime) -> bool:
    """Tell whether the keeper is to get a link: once for each confirmation that grew old, and never twice for the same."""
    if confirmed is None:
        return asked is None
    return now - confirmed >= ASK_AFTER and (asked is None or asked < confirmed)


def sure_until(confirmed: datetime) -> date:
    """Return the first day on which a card is no longer sure (UTC date)."""
    return (confirmed + SURE_FOR).date()
