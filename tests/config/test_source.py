"""Every event says where it came from: the door, and an address nobody can make up."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from cortile.kit.models import AuditEvent
from tests.sessions import Enter


def _source(client: Client, **more: str) -> str:
    client.get("/scrivania/cerca/?q=adel", **more)
    return AuditEvent.objects.order_by("-pk")[0].source


def test_the_door_and_the_address_are_in_the_audit(enter: Enter) -> None:
    assert _source(enter("marta")) == "workspace 127.0.0.1"


def test_another_door_says_its_own_name(enter: Enter) -> None:
    enter("adele").post("/casa/io/", {})
    enter("adele").get("/casa/io/")
    assert AuditEvent.objects.filter(agent_kind="tenant").order_by("-pk")[0].source == "app 127.0.0.1"


def test_without_a_proxy_of_ours_nobody_writes_their_own_address(enter: Enter) -> None:
    assert _source(enter("marta"), HTTP_X_FORWARDED_FOR="203.0.113.9") == "workspace 127.0.0.1"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("10.9.9.9, 203.0.113.9", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("<script>", "unknown"),
    ],
)
def test_behind_a_proxy_the_last_entry_counts(enter: Enter, settings: Settings, said: str, kept: str) -> None:
    settings.PROXY = True
    assert _source(enter("marta"), HTTP_X_FORWARDED_FOR=said) == f"workspace {kept}"
