"""``routes --json``: every address, and an example that answers for somebody who may."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from cortile.backstage import routes
from cortile.kit import clock
from tests import cast
from tests.backstage.visits import Visits, away

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _alone(small_world: None) -> None:
    """Walk in the world instead of among the cast."""


@pytest.fixture(scope="module")
def visits(small_world: None) -> Visits:
    """Return everybody who shows a page of this world."""
    with clock.frozen(cast.NOW):
        return Visits()


# Who has neither a session nor the code of a draft is led to come in first.
COME_IN_FIRST = ("application_tasks",)


def test_every_page_answers_for_the_persona_it_names(visits: Visits) -> None:
    pages = [r for r in visits.ours if "GET" in r.methods and not away(r)]
    answers = {r.sample: visits.client(r.shown_by).get(r.sample, follow=True) for r in pages}
    assert {path: a.status_code for path, a in answers.items() if a.status_code != 200} == {}


def test_only_the_pages_of_an_act_lead_back_to_its_page(visits: Visits) -> None:
    pages = [r for r in visits.ours if "GET" in r.methods]
    turned = {r.sample for r in pages if visits.client(r.shown_by).get(r.sample).status_code == 302}
    plain = [r for r in visits.ours if "POST" not in r.methods and r.name.rpartition(":")[2] not in COME_IN_FIRST]
    assert not {r.sample for r in plain if r.sample in turned}


def test_a_page_of_the_staff_is_not_there_for_a_tenant(visits: Visits) -> None:
    staff = [r for r in visits.ours if r.door == "workspace" and r.shown_by not in {"", "link"} and "GET" in r.methods]
    assert {visits.client("adele").get(r.sample).status_code for r in staff} == {404}


def test_every_route_of_ours_says_its_policy_its_methods_and_a_sample(visits: Visits) -> None:
    assert all(r.methods and r.policy and r.sample for r in visits.ours)


def test_no_sample_is_left_without_somebody_who_may(visits: Visits) -> None:
    assert [r.sample for r in visits.ours if r.policy != "public" and not r.shown_by] == []


def test_json_holds_what_the_list_holds() -> None:
    out = io.StringIO()
    call_command("routes", json=True, stdout=out)
    assert [row["sample"] for row in json.loads(out.getvalue())] == [r.sample for r in routes.every()]


def test_every_machine_interface_is_listed() -> None:
    out = io.StringIO()
    call_command("endpoints", json=True, stdout=out)
    assert {e["address"] for e in json.loads(out.getvalue())} == {r.pattern for r in routes.every() if r.policy == "machine"}


def test_watch_may_run_twice_and_does_each_thing_once() -> None:
    call_command("watch", stdout=io.StringIO())
    again = io.StringIO()
    call_command("watch", stdout=again)
    assert "aler-milano: moved=0 warned=0 late=0 silent=0 reminded=0" in again.getvalue()
