"""Who helps does so within what she chose, who represents within the decree: both leave their own name everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from cortile.kit import clock
from cortile.kit.models import AuditEvent
from cortile.kit.sessions import SessionStore
from cortile.listening.models import Thread
from cortile.people import actions as people
from tests import cast
from tests.app.pages import said
from tests.sessions import Enter

DAUGHTER, GUARDIAN = "Carla Brambilla", "Ugo Neri"
BOTH = pytest.mark.parametrize(
    ("who", "beside", "role"),
    [(DAUGHTER, "per conto di Adele", "che ti aiuta"), (GUARDIAN, "per conto di Adele", "che ti rappresenta")],
)


def _helper(who: str, scopes: list[str] | None = None) -> Client:
    """Sign in a daughter Adele chose, or a guardian with a decree until Friday, for faults unless told otherwise."""
    adele, marta, matters = cast.person("adele"), cast.at_desk("marta"), scopes or ["faults"]
    given = (
        people.name_delegate(adele, by=marta, name=who, talked_alone=True, scopes=matters)
        if who == DAUGHTER
        else people.name_representative(
            adele, by=marta, name=who, kind="amministratore_sostegno", decree="12/2026", scopes=matters, since=clock.today(),
            until=clock.today() + timedelta(days=2),
        )
    )  # fmt: skip
    session = SessionStore()
    session["tenant"] = {"kind": "delegate" if who == DAUGHTER else "representative", "id": given.pk, "agency": given.agency_id}
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def _asked(helper: Client) -> Thread:
    """Ask about a fault, and add a word."""
    helper.post("/casa/aiuto/controlla/", {"topic": "broken", "story": "Non scalda", "answer_by": "phone", "once": "a"})
    thread = Thread.objects.get()
    helper.post(f"/casa/richieste/{thread.number}/", {"story": "Ancora freddo", "act": "say", "once": "b"})
    return thread


@BOTH
def test_their_name_stands_in_her_own_history(who: str, beside: str, role: str, enter: Enter) -> None:
    thread = _asked(_helper(who))
    page = said(enter("adele").get(f"/casa/richieste/{thread.number}/"))
    assert page.count(f" · {who}, {beside}") == 2, role


@BOTH
def test_their_name_stands_where_the_operator_reads(who: str, beside: str, role: str, enter: Enter) -> None:
    thread = _asked(_helper(who))
    assert f"<bdi>{who}, {beside} B.</bdi>" in said(enter("marta").get(f"/scrivania/richieste/{thread.number}/")), role


@BOTH
def test_their_name_stands_in_who_has_seen_my_data(who: str, beside: str, role: str, enter: Enter) -> None:
    _asked(_helper(who))
    page = said(enter("adele").get("/casa/io/"))
    assert f"<bdi>{who}</bdi>, {role}, ha aggiunto parole a una tua richiesta" in page, beside
    assert f"<bdi>{who}</bdi>, {role}, ha letto una tua richiesta" in page or f"{role}, ha scritto una tua richiesta" in page


@BOTH
def test_the_audit_keeps_their_name_and_never_hers(who: str, beside: str, role: str) -> None:
    _asked(_helper(who))
    names = set(AuditEvent.objects.filter(what__startswith="thread.").values_list("agent_name", flat=True))
    assert names == {who}, (beside, role)


@BOTH
def test_another_matter_is_not_there(who: str, beside: str, role: str) -> None:
    thread = cast.open_request("adele", chip="rent")
    helper, here = _helper(who), f"/casa/richieste/{thread.number}/"
    found = [
        helper.get(here).status_code,
        helper.post(here, {"story": "x"}).status_code,
        helper.get(f"{here}foglio.pdf").status_code,
    ]
    assert found == [404, 404, 404], (beside, role)


@BOTH
def test_another_matter_cannot_be_asked_for(who: str, beside: str, role: str) -> None:
    helper = _helper(who, ["rent"])
    answer = helper.post("/casa/aiuto/controlla/", {"topic": "broken", "story": "x", "answer_by": "phone", "once": "a"})
    assert answer.status_code != 302, (beside, role)
    assert not Thread.objects.exists()


def test_who_has_seen_is_no_delegate_s_page() -> None:
    assert _helper(DAUGHTER).get("/casa/io/").status_code == 404


def test_who_has_seen_tells_a_guardian_of_no_other_matter(enter: Enter) -> None:
    enter("marta").get(f"/scrivania/richieste/{cast.open_request('adele', chip='rent').number}/")
    assert "ha letto una tua richiesta" in said(enter("adele").get("/casa/io/"))
    assert "ha letto una tua richiesta" not in said(_helper(GUARDIAN).get("/casa/io/"))


def test_a_decree_that_has_ended_opens_nothing() -> None:
    guardian = _helper(GUARDIAN)
    assert guardian.get("/casa/aiuto/").status_code == 200
    with clock.frozen(cast.NOW + timedelta(days=3)):
        assert guardian.get("/casa/aiuto/").headers["Location"].startswith("/casa/entra/")


def test_a_delegate_taken_back_is_a_stranger_on_the_next_page() -> None:
    daughter = _helper(DAUGHTER)
    assert daughter.get("/casa/aiuto/").status_code == 200
    people.withdraw_delegation(cast.person("adele").delegations.get(), by=cast.herself("adele"))
    assert daughter.get("/casa/aiuto/").headers["Location"].startswith("/casa/entra/")


def test_a_guardian_s_reading_of_messages_is_told(enter: Enter) -> None:
    cast.open_request("adele")
    assert _helper(GUARDIAN).get("/casa/messaggi/").status_code == 200
    assert f"<bdi>{GUARDIAN}</bdi>, che ti rappresenta, ha letto i messaggi" in said(enter("adele").get("/casa/io/"))
