"""``routes --json``: every address, and an example that answers for somebody who may."""

from __future__ import annotations

import functools
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client

from cortile.backstage import routes
from cortile.backstage.routes import Route
from cortile.listening import access as listening

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _alone(small_world: None) -> None:
    """Walk in the world instead of among the cast."""


@functools.cache
def visitor(shown_by: str) -> Client:
    """Return a client signed in as a persona, as the demo's entry page does it."""
    client = Client()
    if shown_by == "link":
        session = client.session
        office = routes.Cast().actors["ufficio"]
        session["link"] = listening.hand_overs_visible_to(office).filter(state="sent").values_list("pk", flat=True)[0]
        session.save()
        client.cookies["cortile"] = session.session_key or ""
    elif shown_by:
        assert client.post("/demo/enter", {"persona": shown_by}).status_code == 302
    return client


@functools.cache
def ours() -> list[Route]:
    """Return the routes of our own doors."""
    return [r for r in routes.every() if r.policy != routes.LIBRARY]


def test_every_page_answers_for_the_persona_it_names() -> None:
    answers = {r.sample: visitor(r.shown_by).get(r.sample, follow=True) for r in ours() if "GET" in r.methods}
    assert {path: a.status_code for path, a in answers.items() if a.status_code != 200} == {}


def test_only_the_pages_of_an_act_lead_back_to_its_page() -> None:
    turned = {r.sample for r in ours() if "GET" in r.methods and visitor(r.shown_by).get(r.sample).status_code == 302}
    assert not {r.sample for r in ours() if r.sample in turned and "POST" not in r.methods}


def test_a_page_of_the_staff_is_not_there_for_a_tenant() -> None:
    staff = [r for r in ours() if r.door == "workspace" and r.shown_by not in {"", "link"} and "GET" in r.methods]
    assert {visitor("adele").get(r.sample).status_code for r in staff} == {404}


def test_every_route_of_ours_says_its_policy_its_methods_and_a_sample() -> None:
    assert all(r.methods and r.policy and r.sample for r in ours())


def test_no_sample_is_left_without_somebody_who_may() -> None:
    assert [r.sample for r in ours() if r.policy != "public" and not r.shown_by] == []


def test_json_holds_what_the_list_holds() -> None:
    out = io.StringIO()
    call_command("routes", json=True, stdout=out)
    assert [row["sample"] for row in json.loads(out.getvalue())] == [r.sample for r in routes.every()]


def test_there_is_no_machine_interface_yet_and_it_says_so() -> None:
    out = io.StringIO()
    call_command("endpoints", json=True, stdout=out)
    assert json.loads(out.getvalue()) == []


def test_watch_may_run_twice_and_does_each_thing_once() -> None:
    call_command("watch", stdout=io.StringIO())
    again = io.StringIO()
    call_command("watch", stdout=again)
    assert "aler-milano: moved=0 warned=0 late=0 silent=0 reminded=0" in again.getvalue()
