"""COPY passes beside the write guard, so it asks."""

from __future__ import annotations

import pytest

from cortile.agencies.models import Agency
from cortile.kit import audit, bulk, scopes
from cortile.kit.actor import Actor
from cortile.kit.guard import WriteOutsideActionError
from cortile.kit.models import AuditSubject
from cortile.people.models import Household
from tests import traces


def test_copy_outside_an_action_is_refused() -> None:
    with pytest.raises(WriteOutsideActionError, match="homes_building"):
        bulk.copy_rows("homes_building", ["code"], [("B1",)])


def test_copying_text_outside_an_action_is_refused() -> None:
    with pytest.raises(WriteOutsideActionError, match="people_searchtoken"):
        bulk.copy_text("people_searchtoken", ["token"], ["x\n"])


def test_a_row_that_asks_the_database_does_not_wait_for_itself(milano: Agency) -> None:
    rows = ((*bulk.ids("people_household", 1), milano.pk, code) for code in "xy")
    with scopes.opened(scopes.EVERYTHING):
        bulk.copy_rows("people_household", ["id", "agency_id", "code"], rows)
    assert Household.objects.filter(agency=milano, code__in="xy").count() == 2


def test_an_event_of_thousands_of_people_names_them_all(marta: Actor) -> None:
    audit.leave("people.searched", by=marta, verb="R", persons=range(1, bulk.BATCH + 100))
    assert AuditSubject.objects.filter(event=traces.event("people.searched")).count() == bulk.BATCH + 99


def test_batches_leave_nothing_out() -> None:
    assert list(bulk.batches(range(5), 2)) == [[0, 1], [2, 3], [4]]


def test_numbers_are_drawn_in_order() -> None:
    first, second, third = bulk.draw("people_card_serial", 3)
    assert (second, third) == (first + 1, first + 2)
