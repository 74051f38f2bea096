"""Who receives is never in two places: the rule says it kindly, the database says it always."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cortile.agenda import actions, rules
from cortile.agenda.models import Appointment
from cortile.kit import scopes
from cortile.kit.refusals import Refused
from tests import cast
from tests.agenda.booking import at, booked

minutes = st.integers(0, 60)
spans = st.tuples(minutes, minutes).filter(lambda m: m[0] < m[1])


def _span(pair: tuple[int, int]) -> rules.Span:
    return at(9) + timedelta(minutes=pair[0]), at(9) + timedelta(minutes=pair[1])


def _share_a_minute(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return bool(set(range(*one)) & set(range(*other)))


@pytest.mark.pure
@given(spans, spans)
def test_two_spans_overlap_when_they_share_a_minute(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert rules.overlap(_span(one), _span(other)) is _share_a_minute(one, other)


@pytest.mark.pure
def test_a_rule_that_counts_touching_ends_would_be_caught() -> None:
    """The negative control of the property above: ends that only touch."""
    one, other = (0, 30), (30, 60)
    mutant = _span(one)[0] <= _span(other)[1] and _span(other)[0] <= _span(one)[1]
    assert mutant is not _share_a_minute(one, other)


@pytest.mark.parametrize("hour", [at(9, 45), at(10), at(10, 15)])
def test_somebody_already_busy_is_refused(hour: object) -> None:
    booked()
    with pytest.raises(Refused, match="staff-busy"):
        booked("adele", starts_at=hour)


def test_one_after_the_other_is_fine() -> None:
    booked()
    assert booked("adele", starts_at=at(10, 30)).state == "booked"


def test_a_cancelled_hour_is_free_again() -> None:
    actions.cancel(booked(), by=cast.at_desk("marta"), reason="Riunione")
    assert booked("adele").state == "booked"


def test_the_database_refuses_what_the_rule_did_not_see() -> None:
    row = booked()
    twin = Appointment(**{f.attname: getattr(row, f.attname) for f in Appointment._meta.concrete_fields if f.name != "id"})
    with pytest.raises(IntegrityError, match="appointment_staff_once"), transaction.atomic(), scopes.opened(scopes.EVERYTHING):
        twin.save()


def test_two_colleagues_receive_at_the_same_hour() -> None:
    booked()
    assert booked("adele", staff=cast.staff("silvia")).state == "booked"
