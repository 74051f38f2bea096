"""The job of each minute: what goes wrong in one body keeps back no message of anybody."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cortile.agencies.models import Agency
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.messages.models import Delivery
from tests import cast
from tests.referrals import world


@pytest.fixture
def late(settings: Settings, tmp_path: Path, sara: Actor) -> Agency:
    """Let a request of Lodi be late, in a province no calendar knows; and an SMS of Milano wait."""
    settings.OUTBOX_DIR = tmp_path
    cast.give_mobile("adele", "333 5550 199")
    cast.open_request("adele", chip="faults", answer_by="sms")
    cast.open_request("teresa", by=sara)
    with scopes.opened(scopes.EVERYTHING):
        Agency.objects.filter(code="aler-lodi").update(holiday_subdivision="XX")
    return cast.agency("aler-lodi")


def watched(what: str, days: int, minutes: int = 0) -> int:
    """Let the watch pass some days and minutes from now, and return how many events it left of some acts."""
    before = AuditEvent.objects.filter(what__startswith=what).count()
    with clock.frozen(cast.NOW + timedelta(days=days, minutes=minutes)):
        call_command("watch", stdout=io.StringIO(), limit=0)
    return AuditEvent.objects.filter(what__startswith=what).count() - before


@pytest.mark.parametrize("what", ["referrals.watched", "keeper.asked"])
def test_a_minute_without_anything_due_leaves_no_event(what: str) -> None:
    world.send(cast.open_request("adele", chip="school"), world.service())
    assert [watched(what, 0), watched(what, 0, 1)] == [0, 0]


def test_what_is_due_is_moved_once() -> None:
    world.send(cast.open_request("adele", chip="school"), world.service())
    assert [watched("referrals.watched", 5), watched("referrals.watched", 5, 1)] == [1, 0]


def test_the_messages_of_the_others_leave_and_the_fault_is_said(late: Agency) -> None:
    told = io.StringIO()
    with clock.frozen(cast.NOW + timedelta(days=9)), pytest.raises(CommandError, match=late.code):
        call_command("watch", stdout=io.StringIO(), stderr=told)
    assert late.code in told.getvalue()
    assert set(Delivery.objects.filter(channel="sms").values_list("state", flat=True)) == {"sent"}
