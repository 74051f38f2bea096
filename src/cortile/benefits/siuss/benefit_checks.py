"""What may be wrong with a contribution, though the schema lets it pass: table 9 of the specification, and the form of the DSU."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cortile.benefits.siuss import codes
from cortile.benefits.siuss.beneficiary_checks import is_text
from cortile.benefits.siuss.records import Isee, MeansTest, Nature, Record
from cortile.benefits.siuss.words import Found

LONGEST_APPLICATION = 32
SHORTEST_DESCRIPTION = 10
LONGEST_PERIOD = 12
# As printed on the attestation; nine characters, in every sample seen eight digits and a letter, whose rule nobody published.
PROTOCOL = re.compile(r"INPS-ISEE-[0-9]{4}-([0-9A-Z]{9})-[0-9]{2}")
USUAL_SERIAL = re.compile(r"[0-9]{8}[A-Z]")


def check(record: Record, day: date) -> Iterator[Found]:
    """Yield what is wrong with a contribution in a flow of a day."""
    yield from _named(record)
    if not is_text(record.application, LONGEST_APPLICATION):
        yield Found("application")
    if record.amount_cents <= 0:
        yield Found("amount")
    if record.months is not None and not 1 <= record.months <= LONGEST_PERIOD:
        yield Found("months")
    if record.in_care and record.area is None:
        yield Found("area")
    yield from _periodic(record) if record.nature is Nature.PERIODIC else _one_off(record)
    yield from _dates(record, day)
    yield from _means(record)


def _named(record: Record) -> Iterator[Found]:
    if record.code not in codes.categories():
        yield Found("benefit-code")
    elif record.description != (expected := codes.description(record.code)):
        yield Found("benefit-description", expected)
    elif len(expected) < SHORTEST_DESCRIPTION:
        yield Found("benefit-short")


def _one_off(record: Record) -> Iterator[Found]:
    if record.paid_on is None:
        yield Found("paid-on-missing")
    if (record.starts_on, record.ends_on, record.months) != (None, None, None):
        yield Found("period-extra")


def _periodic(record: Record) -> Iterator[Found]:
    if record.paid_on is not None:
        yield Found("paid-on-extra")
    if record.starts_on is None:
        yield Found("starts-on-missing")
    elif record.ends_on is not None and record.ends_on < record.starts_on:
        yield Found("period-order")
    elif record.ends_on is not None and record.ends_on.year != record.starts_on.year:
        yield Found("period-year")


def _dates(record: Record, day: date) -> Iterator[Found]:
    asked_on = record.isee.presented_on if record.isee else None
    acts = [when for when in (asked_on, record.decided_on, record.paid_on) if when]
    if acts != sorted(acts):
        yield Found("dates-order")
    # What is granted for a year ends after it is said: the end alone may still have to come.
    if any(when > day for when in (*acts, record.starts_on) if when):
        yield Found("date-future")


def _means(record: Record) -> Iterator[Found]:
    if record.isee is None:
        if record.means_test is MeansTest.ISEE:
            yield Found("isee-missing")
        return
    if record.means_test in {MeansTest.OTHER, MeansTest.NONE}:
        yield Found("isee-extra")
    yield from _protocol(record.isee)


def _protocol(isee: Isee) -> Iterator[Found]:
    form = PROTOCOL.fullmatch(isee.protocol)
    if form is None:
        yield Found("isee-protocol")
        return
    if not USUAL_SERIAL.fullmatch(form[1]):
        yield Found("isee-check-letter")
    if isee.year != f"{isee.presented_on.year:04d}":
        yield Found("isee-year")
