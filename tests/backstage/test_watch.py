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
from cortile.messages.models import Delivery
from tests import cast


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


def test_the_messages_of_the_others_leave_and_the_fault_is_said(late: Agency) -> None:
    told = io.StringIO()
    with clock.frozen(cast.NOW + timedelta(days=9)), pytest.raises(CommandError, match=late.code):
        call_command("watch", stdout=io.StringIO(), stderr=told)
    assert late.code in told.getvalue()
    assert set(Delivery.objects.filter(channel="sms").values_list("state", flat=True)) == {"sent"}
