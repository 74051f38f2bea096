"""The points of an agenda, prepared from the data: each a sentence to keep, mend or drop, with its numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cortile.directory.models import Agreement
from cortile.kit import clock, dates
from cortile.kit.small_cells import Hidden
from cortile.listening.states import CHIPS
from cortile.listening.words import CHIP_LABELS
from cortile.network import offers, standing, words
from cortile.network.counted import Counted, step
from cortile.network.rules import days, needs

MOST = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A point somebody may keep. ``numbers`` are name and value, as they are frozen with the agenda.

    Counts stand in steps of five: the page goes on counting, and a request marked delicate later would be the difference.
    """

    key: str
    kind: str
    words: str
    numbers: tuple[tuple[str, str], ...] = ()


def of(counted: Counted, agreements: list[Agreement]) -> list[Point]:
    """Return the points of a month: first what stayed without an answer, then what is stuck, missing, doubled, or about to end."""
    cards = offers.offers(counted.quarters)
    resting = standing.of(counted.quarters, counted.own, counted.lent)
    return [
        *_unmet(counted),
        *(_stuck(row) for row in resting if not isinstance(row.stuck, Hidden) and row.stuck),
        *_gaps(counted, cards),
        *_word_gaps(counted, cards),
        *_overlaps(counted, cards),
        *(_empty(card) for card in needs.unfilled(c for c in cards if any(c.covers(q.pk) for q in counted.quarters))),
        *(_agreement(a) for a in agreements if a.ended_at is None and days.ends_soon(a.ends_on, clock.today())),
    ]


def _names(counted: Counted) -> dict[int | None, str]:
    return {q.pk: q.name for q in counted.quarters}


def _month(counted: Counted) -> str:
    return dates.month_name(counted.month, "it")


def _unmet(counted: Counted) -> Iterator[Point]:
    places = _names(counted)
    for cell in needs.most_unmet(counted.seen, [q.pk for q in counted.quarters], CHIPS)[:MOST]:
        _measure, place, topic = cell
        asked, unmet = step(counted.seen["asked", place, topic]), step(counted.seen[cell])
        sentence = words.SAID["unmet"].format(
            place=places[place], topic=CHIP_LABELS[topic], unmet=unmet, asked=asked, month=_month(counted)
        )
        yield Point(f"unmet:{place}:{topic}", "unmet", sentence, ((str(words.ASKED), asked), (str(words.UNMET), unmet)))


def _gaps(counted: Counted, cards: list[needs.Offer]) -> Iterator[Point]:
    places, called = _names(counted), offers.need_names()
    for gap in needs.gaps(counted.seen, [q.pk for q in counted.quarters], cards):
        if named := [called[n] for n in gap.needs if n in called]:
            sentence = words.SAID["gap"].format(
                place=places[gap.place],
                topic=CHIP_LABELS[gap.topic],
                asked=step(gap.asked),
                month=_month(counted),
                needs=", ".join(named),
            )
            yield Point(f"gap:{gap.place}:{gap.topic}", "gap", sentence, ((str(words.ASKED), step(gap.asked)),))


def _word_gaps(counted: Counted, cards: list[needs.Offer]) -> Iterator[Point]:
    places, called = _names(counted), offers.need_names()
    for gap in needs.word_gaps(standing.asked(counted.quarters, counted.month, counted.lent), cards):
        name = called.get(gap.topic, gap.topic)
        sentence = words.SAID["word"].format(place=places[gap.place], need=name, count=step(gap.asked), month=_month(counted))
        yield Point(f"gap:{gap.place}:word:{gap.topic}", "gap", sentence, ((str(words.SENT), step(gap.asked)),))


def _stuck(row: standing.Standing) -> Point:
    count = step(row.stuck)
    sentence = words.SAID["stuck"].format(service=row.name, count=count, days=row.days)
    numbers = ((str(words.STUCK), count), (str(words.DAYS), str(row.days)))
    return Point(f"stuck:{row.service_id}:{row.agency_id}", "stuck", sentence, numbers)


def _overlaps(counted: Counted, cards: list[needs.Offer]) -> Iterator[Point]:
    places, called = _names(counted), offers.need_names()
    names = {card.service_id: card.name for card in cards}
    for found in needs.overlaps(counted.seen, [q.pk for q in counted.quarters], cards):
        sentence = words.SAID["overlap"].format(
            place=places[found.place], need=called.get(found.need, found.need), count=len(found.services), month=_month(counted)
        )
        numbers = tuple((str(words.SERVICE), names[pk]) for pk in found.services)
        yield Point(f"overlap:{found.place}:{found.need}", "overlap", sentence, numbers)


def _empty(card: needs.Offer) -> Point:
    sentence = words.SAID["empty"].format(service=card.name, available=card.available, maximum=card.maximum)
    return Point(f"empty:{card.service_id}", "overlap", sentence, ((str(words.FREE), f"{card.available}"),))


def _agreement(row: Agreement) -> Point:
    sentence = words.SAID["agreement"].format(title=row.title, partner=row.organization.name, day=dates.long_day(row.ends_on, "it"))
    return Point(f"agreement:{row.pk}", "agreement", sentence)
