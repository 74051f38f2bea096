"""Which services may help a person, each with its reasons, and the order is nothing but those reasons: never a hidden score.

Services are compared reason by reason, in the order of ``KINDS``. What is known of none stands between what speaks for one
and what speaks against it. Each reason is a sentence on the page; no number decides that is not in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import get_language

from cortile.directory import searching
from cortile.directory.models import Service, TaxonomyTerm
from cortile.directory.rules import distance
from cortile.directory.searching import Asked, Hit
from cortile.kit import clock, dates
from cortile.people.models import Person
from cortile.referrals import words
from cortile.referrals.figures import figures_of
from cortile.referrals.models import ServiceFigures, Step

MOST, LOOKED_AT = 10, 50
KINDS = ("need", "places", "language", "near", "answers", "sure")
FOR, UNKNOWN, AGAINST = 0, 1, 2
# Whoever answers within three days, as the median of a year says, answers soon.
SOON_DAYS = 3
# A «no places» without a day is believed for so long, unless the card says otherwise since.
FULL_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reason:
    """Something known of a service for somebody: for it or against it, how much of it (minutes, days), and its sentence."""

    kind: str
    fit: int
    words: str
    amount: int = 0


class Full(NamedTuple):
    """A service's «no places»: when it said so, and from which day there are some, if it said one."""

    said_at: datetime
    again_from: date | None

    def still(self) -> bool:
        """Tell whether the day it named is still to come; without a day, its word lasts as long as ``FULL_FOR``."""
        return self.again_from is None or self.again_from > clock.today()

    @property
    def words(self) -> str:
        """Return it as the page says it."""
        if self.again_from is None:
            return str(words.SUGGESTED["full"])
        return str(words.SUGGESTED["places_from"]) % {"day": dates.short_day(self.again_from, get_language() or "it")}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service, and why it is suggested, in sentences."""

    service: Service
    reasons: list[str] = field(default_factory=list)
    weighed: tuple[Reason, ...] = ()

    @property
    def order(self) -> tuple[tuple[int, int], ...]:
        """Return what it is compared by: its reasons, and nothing else."""
        known = {reason.kind: (reason.fit, reason.amount) for reason in self.weighed}
        return tuple(known.get(kind, (UNKNOWN, 0)) for kind in KINDS)


def for_person(person: Person, text: str, term: TaxonomyTerm | None = None) -> list[Suggestion]:
    """Return the cards that answer some words or a term, with the reasons for each, fifty at most: a page shows ``MOST``.

    Queries do not grow with the cards.
    """
    asked = Asked(words=f"{term.name if term else ''} {text}".strip(), quarter=person.home_neighbourhood_id)
    found = searching.search(person.agency, asked, size=LOOKED_AT)
    ids = [hit.service.pk for hit in found.hits]
    body = person.agency_id
    learned, full = figures_of(ids, agency_id=body), _full(ids, body)
    made = [_suggested(hit, person, found.needs, learned.get(hit.service.pk), full) for hit in found.hits]
    return sorted(made, key=lambda one: one.order)


def _full(service_ids: Iterable[int], agency_id: int) -> Mapping[int, Full]:
    """Return what services that told a body «no places» lately said last: on which instant, and from when there are some again.

    Who said yes to somebody since has places: its older «no» is not said any more.
    """
    said = Step.objects.filter(agency_id=agency_id, referral__service_id__in=list(service_ids), at__gt=clock.now() - FULL_FOR)
    said = said.filter(Q(kind="accepted") | Q(kind="declined", referral__decline_reason="full")).order_by("at", "pk")
    found: dict[int, Full] = {}
    for pk, kind, at, day in said.values_list("referral__service_id", "kind", "at", "referral__available_from"):
        if kind == "accepted":
            found.pop(pk, None)
        else:
            found[pk] = Full(at, day)
    return found


def _suggested(
    hit: Hit, person: Person, needs: Iterable[str], learned: ServiceFigures | None, full: Mapping[int, Full]
) -> Suggestion:  # fmt: skip
    told = (
        _need(hit.service, needs), _places(hit.service, full.get(hit.service.pk)), _language(hit.service, person), _near(hit),
        _answers(learned), _sure(hit),
    )  # fmt: skip
    known = tuple(reason for reason in told if reason is not None)
    return Suggestion(hit.service, [reason.words for reason in known], known)


def _need(service: Service, needs: Iterable[str]) -> Reason | None:
    wanted = set(needs)
    what = next((a.term.name for a in service.attributes.all() if a.term.name in wanted), "")
    return Reason("need", FOR, str(words.SUGGESTED["need"]) % {"what": what}) if what else None


def _places(service: Service, full: Full | None) -> Reason | None:
    """Say whether there is room: what it answered us last, unless its card was brought up to date since."""
    capacity = getattr(service, "capacity", None)
    if full is not None and (capacity is None or capacity.updated < full.said_at) and full.still():
        return Reason("places", AGAINST, full.words)
    if capacity is None:
        return None
    if capacity.state == "capacity" and capacity.available:
        return Reason("places", FOR, str(words.SUGGESTED["places"]) % {"count": capacity.available})
    return Reason("places", AGAINST, str(words.SUGGESTED["waitlist" if capacity.state == "waitlist" else "no_places"]))


def _language(service: Service, person: Person) -> Reason | None:
    spoken = {language.code for language in service.languages.all()}
    fits = person.language != "it" and person.language in spoken
    return Reason("language", FOR, str(words.SUGGESTED["language"])) if fits else None


def _near(hit: Hit) -> Reason | None:
    if hit.here:
        return Reason("near", FOR, str(words.SUGGESTED["near"]))
    if hit.metres is None:
        return None
    minutes = distance.minutes_on_foot(hit.metres)
    if hit.metres > distance.WALK_METRES:
        return Reason("near", AGAINST, str(words.SUGGESTED["far"]) % {"km": round(hit.metres / 1000)}, round(hit.metres / 1000))
    return Reason("near", FOR, str(words.SUGGESTED["on_foot"]) % {"minutes": minutes}, minutes)


def _answers(learned: ServiceFigures | None) -> Reason | None:
    """Say what a year of our own referrals taught: how soon it answers, and how often it says yes."""
    if learned is None or learned.median_answer_days is None or learned.acceptance_bp is None:
        return None
    days, said = learned.median_answer_days, {"days": learned.median_answer_days, "yes": round(learned.acceptance_bp / 1000)}
    fit = FOR if days <= SOON_DAYS else AGAINST
    return Reason("answers", fit, str(words.SUGGESTED["answers_today" if days == 0 else "answers"]) % said, days)


def _sure(hit: Hit) -> Reason:
    if hit.sure:
        return Reason("sure", FOR, str(words.SUGGESTED["fresh"]))
    return Reason("sure", AGAINST, str(words.SUGGESTED["stale"]))
