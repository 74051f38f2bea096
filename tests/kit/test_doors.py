"""Every view says who it opens to; strangers are led to sign in, the wrong ones find nothing there."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from cortile.agencies import actions as agencies
from cortile.kit import doors, drafts
from cortile.kit.actions import ActionError
from cortile.kit.actor import PUBLIC, Actor, Kind, acting
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from tests import cast

REQUESTS = RequestFactory()


@pytest.fixture(autouse=True)
def _one_more_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let staff into the doors of these tests, and keep the policy out of the house's own list."""
    staff = doors.Policy("prova", lambda actor: actor.kind == Kind.STAFF, "/accesso/")
    monkeypatch.setattr(doors, "_policies", {"prova": staff, "public": doors.Policy("public", lambda _: True)})


@opens("prova", methods="GET POST", sample="/x/")
def page(request: HttpRequest, what: str = "") -> HttpResponse:
    """Answer, or fail as asked."""
    if what == "hidden":
        raise NotVisible
    if what == "write":
        agencies.open_office(cast.agency(), by=cast.SYSTEM, name="Ufficio nuovo")
    return HttpResponse("eccomi")


def test_a_view_remembers_what_it_declared() -> None:
    assert doors.opening_of(page) == doors.Opening("prova", ("GET", "POST"), "/x/")
    assert doors.opening_of(lambda: None) is None


def test_whoever_is_admitted_comes_in(marta: Actor) -> None:
    with acting(marta):
        assert page(REQUESTS.get("/x/")).content == b"eccomi"


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    with acting(PUBLIC):
        assert page(REQUESTS.get("/x/?a=1"))["Location"] == "/accesso/?next=%2Fx%2F%3Fa%3D1"


def test_what_was_sent_is_not_put_in_the_address() -> None:
    with acting(PUBLIC):
        assert page(REQUESTS.post("/x/?a=1", {"text": "segreto"}))["Location"] == "/accesso/?next=%2Fx%2F"


def test_a_stranger_s_words_are_kept_for_whoever_had_begun(marta: Actor) -> None:
    sent = {drafts.FIELD: drafts.token(marta, "nota"), "text": "Ultime parole"}
    with acting(PUBLIC):
        page(REQUESTS.post("/x/", sent))
    assert drafts.find(marta, "nota") == {"text": "Ultime parole"}


def test_somebody_without_the_right_finds_nothing(as_adele: Actor) -> None:
    with acting(as_adele), pytest.raises(Http404):
        page(REQUESTS.get("/x/"))


def test_what_may_not_be_known_is_not_there(marta: Actor) -> None:
    with acting(marta), pytest.raises(Http404):
        page(REQUESTS.get("/x/"), what="hidden")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_another_method_is_not_allowed(marta: Actor, method: str) -> None:
    with acting(marta):
        assert page(getattr(REQUESTS, method)("/x/")).status_code == 405


def test_who_may_look_may_ask_for_the_head(marta: Actor) -> None:
    with acting(marta):
        assert page(REQUESTS.head("/x/")).status_code == 200


def test_looking_writes_nothing(marta: Actor) -> None:
    with acting(marta), pytest.raises(ActionError):
        page(REQUESTS.get("/x/"), what="write")


def test_sending_may_write(marta: Actor) -> None:
    with acting(marta):
        assert page(REQUESTS.post("/x/"), what="write").status_code == 200


def test_a_policy_nobody_knows_is_a_mistake_of_ours(marta: Actor) -> None:
    with pytest.raises(KeyError):
        doors.admits("fly", marta)


def test_what_comes_twice_is_a_list() -> None:
    request = REQUESTS.post("/x/", {"chips": ["a", "b"], "text": "x"})
    assert doors.written(request) == {"chips": ["a", "b"], "text": "x"}
