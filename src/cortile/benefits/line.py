"""The line before an envelope: who stands where, how much each should have, and how much they hold. One statement, any size.

Somebody stands in line while there is a sum they should have: what the rule gives on what they said, then what was decided.
Who took the application back, was told no, or lost it, is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from cortile.benefits.models import CallVersion, DrawnList, Envelope
from cortile.benefits.models.calls import in_force as versions_in_force
from cortile.benefits.rules.allocating import Strategy
from cortile.kit import clock

NO_LIST = 0
# Each place in line, first to last. A list that was drawn gives its own places, and whoever came after it stands behind it.
# What each holds is looked up by its own entries: joined as one set, a planner that knows nothing yet of a new call's ledger
# reads the whole of it again for each place.
_LINE = """
    WITH awarded AS (
        SELECT DISTINCT ON (d.application_id) d.application_id, d.award_cents
        FROM benefits_decision d JOIN benefits_application a ON a.id = d.application_id
        WHERE a.call_id = %(call)s AND a.state = 'decided' AND d.decided_at IS NOT NULL
        ORDER BY d.application_id, d.number DESC
    ), standing AS (
        SELECT a.id, a.number, a.applicant_id, a.line_order, a.arrival, l.place AS listed,
            CASE WHEN a.state = 'decided' THEN COALESCE(w.award_cents, 0) ELSE a.asked_cents END AS target,
            COALESCE(h.cents, 0)::bigint AS held, h.turns
        FROM benefits_application a
        CROSS JOIN LATERAL (
            SELECT sum(p.cents) AS cents, count(*) FILTER (WHERE e.move = 'reserve') AS turns
            FROM benefits_entry e JOIN benefits_posting p ON p.entry_id = e.id
            WHERE e.application_id = a.id AND e.envelope_id = %(envelope)s AND p.account IN ('reserved', 'committed', 'paid')
        ) h
        LEFT JOIN awarded w ON w.application_id = a.id
        LEFT JOIN benefits_drawnplace l ON l.drawn_list_id = %(drawn)s AND l.number = a.number
        WHERE a.call_id = %(call)s AND a.state <> 'withdrawn' AND a.outcome NOT IN ('refused', 'revoked')
    ), line AS (
        SELECT *,
            COALESCE(listed, %(listed)s + row_number() OVER (PARTITION BY listed IS NULL ORDER BY line_order, arrival)) AS place
        FROM standing WHERE target > 0
    )
"""
_WAITING = f"""{_LINE}, waiting AS (
        SELECT *, sum(target - held) OVER (ORDER BY place) - (target - held) AS before FROM line
        WHERE target > held AND id <> %(but)s
    )
    SELECT id, number, place, target, held, turns, applicant_id FROM waiting WHERE before < %(left)s ORDER BY place
"""  # noqa: S608 -- our own words: values are bound
_ROWS = f"""{_LINE}
    SELECT id, number, place, target, held, turns, applicant_id FROM line ORDER BY place LIMIT %(many)s OFFSET %(first)s
"""  # noqa: S608 -- as above
_PLACE = f"""{_LINE}, summed AS (
        SELECT *, sum(target) OVER (ORDER BY place) AS upto FROM line
    ), money AS (
        SELECT COALESCE((SELECT cents FROM benefits_balance WHERE envelope_id = %(envelope)s AND account = 'available'), 0) AS free
    )
    SELECT max(place) FILTER (WHERE id = %(asked)s), max(held) FILTER (WHERE id = %(asked)s),
        max(target) FILTER (WHERE id = %(asked)s), %(listed)s + count(*) FILTER (WHERE listed IS NULL),
        COALESCE(max(place) FILTER (WHERE held >= target), 0),
        count(*) FILTER (WHERE upto <= (SELECT free FROM money) + (SELECT COALESCE(sum(held), 0) FROM line)),
        (SELECT free FROM money)
    FROM summed
"""  # noqa: S608 -- as above


class Standing(NamedTuple):
    """One place in line: what they should have and hold, in cents; ``turns`` is how often something was kept aside for them."""

    application_id: int
    number: int
    place: int
    target: int
    held: int
    turns: int
    person_id: int

    @property
    def needs(self) -> int:
        """Return the cents they still should have."""
        return self.target - self.held


class Asked(NamedTuple):
    """What one statement says of one application's place. ``place`` is None where it does not stand in line."""

    place: int | None
    held: int | None
    target: int | None
    of: int
    # The last place that has its money whole; and the places the money would reach, walked in order.
    covered: int
    reached: int
    residual: int


class Line:
    """The line of one envelope of a call, as its rule and its drawn list say."""

    def __init__(self, envelope: Envelope, *, arrived_under: CallVersion | None = None) -> None:
        """Look up the version in force, and the list that was drawn. An envelope of no call has no line.

        ``arrived_under`` is the version an application just came in by, before any list: nothing is looked up then.
        """
        self.envelope = envelope
        self.version = arrived_under or next(iter(versions_in_force(clock.now(), call_id=envelope.call_id or 0)), None)
        self.drawn = in_force(envelope.call_id) if envelope.call_id and arrived_under is None else None

    @property
    def strategy(self) -> Strategy | None:
        """Return how the money is shared out, or None where nothing was published."""
        return self.version.terms.strategy if self.version else None

    @property
    def stands(self) -> bool:
        """Tell whether money may be kept aside along it now: as people arrive, or once it was drawn."""
        return self.strategy == Strategy.FIRST_COME or self.drawn is not None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody may still apply."""
        return self.version is not None and clock.now() < self.version.terms.closes_at

    def waiting(self, left: int, *, but: int = 0) -> list[Standing]:
        """Return who still waits, in order, as far as so many cents could reach, and one who may not fit; all but one of them."""
        return [Standing(*row) for row in self._ask(_WAITING, left=left, but=but)]

    def rows(self, first: int = 0, many: int | None = None) -> list[Standing]:
        """Return a piece of the line, or all of it."""
        return [Standing(*row) for row in self._ask(_ROWS, first=first, many=many)]

    def asked(self, application_id: int) -> Asked:
        """Return what is said of one application."""
        (row,) = self._ask(_PLACE, asked=application_id)
        return Asked(*row)

    def _ask(self, words: str, **values: int | None) -> Sequence[tuple[int, ...]]:
        drawn = self.drawn
        known = {
            "envelope": self.envelope.pk, "call": self.envelope.call_id, "drawn": drawn.pk if drawn else NO_LIST,
            "listed": drawn.many if drawn else 0,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(words, known | values)
            found: Sequence[tuple[int, ...]] = cursor.fetchall()
        return found


def in_force(call_id: int) -> DrawnList | None:
    """Return the list of a call that was drawn and not made void."""
    return DrawnList.objects.filter(call_id=call_id, voided_at=None).first()
