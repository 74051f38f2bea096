"""The economic facts of many contracts in one statement: what is good on a day, and what was good last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection


class Row(NamedTuple):
    """What is known of one contract on a day, in cents. Nothing where nobody said, however long ago it was for the rest."""

    tenancy_id: int
    holder_id: int
    neighbourhood_id: int
    start: date
    area: str | None
    step: str | None
    band_as_of: date | None
    band_source: str | None
    isee_cents: int | None
    isee_kind: str | None
    protocol: str | None
    issued_on: date | None
    valid_until: date | None
    discrepancies: bool | None
    isee_source: str | None
    balance_cents: int | None
    balance_as_of: date | None
    planned_on: date | None
    planned_until: date | None
    season: str | None
    due_cents: int | None
    paid_cents: int | None
    increase_cents: int | None
    charged_on: date | None


# An ISEE in force beats one that is over, a current one the ordinary (``rules.isee_in_force``); one that is over is shown,
# never counted. What is closed is no longer in the landlord's list.
_ROWS = """
    SELECT t.id, t.holder_id, b.neighbourhood_id, t.start, band.area, band.step, band.as_of, band.source,
           isee.value_cents, isee.kind, isee.protocol, isee.issued_on, isee.valid_until, isee.discrepancies, isee.source,
           owed.cents, owed.as_of, plan.since, plan.until,
           charge.season, charge.due_cents, charge.paid_cents, charge.increase_cents, charge.as_of
    FROM people_tenancy AS t
    JOIN homes_dwelling AS d ON d.id = t.dwelling_id
    JOIN homes_stair AS s ON s.id = d.stair_id
    JOIN homes_building AS b ON b.id = s.building_id
    LEFT JOIN LATERAL (
        SELECT area, step, as_of, source FROM accounts_rentband
        WHERE tenancy_id = t.id AND closed_on IS NULL AND as_of <= %(day)s::date
        ORDER BY census_year DESC LIMIT 1
    ) AS band ON true
    LEFT JOIN LATERAL (
        SELECT * FROM (
            SELECT *, valid_until >= %(day)s::date AS good FROM accounts_iseestatement
            WHERE household_id = t.household_id AND closed_on IS NULL AND issued_on <= %(day)s::date
        ) AS said
        ORDER BY good DESC, good AND kind = 'current' DESC, CASE WHEN good THEN issued_on ELSE valid_until END DESC, id DESC
        LIMIT 1
    ) AS isee ON true
    LEFT JOIN LATERAL (
        SELECT sum(balance_cents)::bigint AS cents, min(as_of) AS as_of FROM accounts_account
        WHERE tenancy_id = t.id AND closed_on IS NULL
    ) AS owed ON true
    LEFT JOIN LATERAL (
        SELECT p.since, p.until FROM accounts_protection AS p JOIN accounts_account AS a ON a.id = p.account_id
        WHERE a.tenancy_id = t.id AND a.closed_on IS NULL AND p.kind = 'plan' AND p.ended_on IS NULL
          AND p.since <= %(day)s::date AND (p.until IS NULL OR p.until >= %(day)s::date)
        ORDER BY p.since DESC, p.id DESC LIMIT 1
    ) AS plan ON true
    LEFT JOIN LATERAL (
        SELECT season, due_cents, paid_cents, increase_cents, as_of FROM accounts_charge
        WHERE tenancy_id = t.id AND closed_on IS NULL AND item = %(item)s AND season = ANY(%(seasons)s)
        ORDER BY season DESC LIMIT 1
    ) AS charge ON true
    WHERE t.id = ANY(%(ids)s)
    ORDER BY t.id
"""


def rows_of(tenancies: Sequence[int], day: date, *, item: str, seasons: Sequence[str]) -> list[Row]:
    """Return the facts of some contracts, by contract. Whoever asks has asked the policy first: this looks at nobody."""
    if not tenancies:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"ids": list(tenancies), "day": day, "item": item, "seasons": list(seasons)})
        return list(map(Row._make, cursor.fetchall()))
