"""The list, the page and what they cost: the same for fifty as for one, and nobody reads what is not theirs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.directory.models import Service
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals import actions, reads
from cortile.referrals.models import Referral, ServiceFigures
from tests import cast, traces
from tests.referrals import world


def _cost(marta: Actor) -> int:
    with CaptureQueriesContext(connection) as said:
        rows = reads.sent(by=marta).rows
        assert [(r.service.organization.name, r.person.display_name, r.state_label) for r in rows]
    return len(said.captured_queries)


def test_a_list_of_fifty_costs_as_one(sent: Referral, marta: Actor, service: Service) -> None:
    one = _cost(marta)
    for _ in range(12):
        world.send(cast.open_request("gianni"), service)
    assert _cost(marta) == one <= 15


def test_a_short_list_says_there_is_no_more(sent: Referral, marta: Actor) -> None:
    assert reads.sent(by=marta) == reads.Page([sent], None)


def test_pages_follow_each_other_without_a_gap_or_a_double(marta: Actor, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {world.send(cast.open_request("gianni"), service).number for _ in range(5)}
    monkeypatch.setattr(reads, "PAGE", 2)
    first = reads.sent(by=marta)
    second = reads.sent(by=marta, after=first.onward)
    third = reads.sent(by=marta, after=second.onward)
    found = [row.number for page in (first, second, third) for row in page.rows]
    assert (len(found), set(found), third.onward) == (5, every, None)


def test_one_that_left_the_list_begins_it_again(sent: Referral, marta: Actor) -> None:
    assert reads.sent(by=marta, only="closed", after=sent.number).rows == []
    assert reads.sent(by=marta, after=10**9).rows == [sent]


@pytest.mark.parametrize(
    ("only", "there"), [("", True), ("waiting", True), ("ours", False), ("accepted", False), ("closed", False)]
)
def test_each_part_of_the_list_says_its_own(sent: Referral, marta: Actor, only: str, *, there: bool) -> None:
    assert reads.sent(by=marta, only=only).rows == ([sent] if there else [])


def test_another_quarter_sees_none(sent: Referral, bruno: Actor, silvia: Actor) -> None:
    assert reads.sent(by=bruno).rows == reads.sent(by=silvia).rows == []
    with pytest.raises(NotVisible):
        reads.the_referral(sent.number, by=bruno)


def test_the_page_tells_all_of_it(sent: Referral, marta: Actor) -> None:
    whole = reads.the_referral(sent.number, by=marta)
    assert (whole.referral, [s.kind for s in whole.steps], whole.may_follow) == (sent, ["sent"], True)
    assert whole.facts[0] == ("Nome", "Adele Brambilla")
    assert traces.subjects("referral.read") == {sent.person_id}


def test_she_reads_hers_and_follows_nothing(sent: Referral, as_adele: Actor, thread: Thread) -> None:
    assert reads.of_thread(thread, by=as_adele) == [sent]
    assert not reads.the_referral(sent.number, by=as_adele).may_follow
    assert reads.of_thread(thread, by=cast.herself("samira")) == []


def test_in_person_only_no_phone_shows_it(sent: Referral, thread: Thread, marta: Actor, as_adele: Actor) -> None:
    from cortile.listening import actions as listening  # noqa: PLC0415 -- leaf

    listening.keep_in_person(thread, by=marta)
    assert reads.of_thread(thread, by=as_adele) == []
    assert reads.of_thread(thread, by=marta) == [sent]
    assert traces.event("referrals.listed").sealed


def test_what_would_be_shared_is_for_who_may_send(thread: Thread, bruno: Actor, marta: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.preview(thread, ("name",), by=bruno)
    with pytest.raises(Refused) as refused:
        reads.preview(thread, ("debts",), by=marta)
    assert refused.value.code == "field-unknown"
    assert [(f.key, f.value) for f in reads.preview(thread, ("notes", "name"), by=marta)] == [
        ("name", "Adele Brambilla"), ("notes", ""),
    ]  # fmt: skip


def test_she_sees_what_she_would_give_and_a_desk_does_not(adele: Person, as_adele: Actor, silvia: Actor) -> None:
    assert [f.value for f in reads.preview_of(adele, ("birth_year",), by=as_adele)] == ["1947"]
    for by in (silvia, cast.herself("samira")):
        with pytest.raises(NotVisible):
            reads.preview_of(adele, ("birth_year",), by=by)


def test_a_service_is_suggested_with_its_reasons(thread: Thread, service: Service, marta: Actor) -> None:
    found = reads.services_for(thread, by=marta, words="doposcuola")
    assert [s.service for s in found] == [service]
    assert found[0].reasons == ["scheda verificata"]
    assert reads.services_for(thread, by=marta, words="elicottero") == []


def test_nothing_is_suggested_to_who_sends_nobody(thread: Thread, bruno: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.services_for(thread, by=bruno)


def test_figures_under_five_are_nothing(service: Service, other: Service) -> None:
    with scopes.opened(scopes.EVERYTHING):
        for row, many in ((service, 7), (other, None)):
            ServiceFigures.objects.create(agency=row.agency, service=row, day=clock.today(), referrals=many)
    with CaptureQueriesContext(connection) as said:
        assert set(reads.figures_of([service.pk, other.pk], agency_id=service.agency_id)) == {service.pk}
    assert len(said.captured_queries) == 1


def test_who_looked_is_told_what_the_service_read(sent: Referral) -> None:
    reads.received(by=world.them(sent))
    event = traces.event("referral.read_by_service")
    assert (event.agent_name, traces.subjects("referral.read_by_service")) == ("Associazione Doposcuola", {sent.person_id})


def test_a_closed_one_leaves_the_open_list(sent: Referral, marta: Actor) -> None:
    actions.revoke(sent, by=marta, reason="Ha trovato da sola")
    assert reads.sent(by=marta).rows == []
    assert reads.sent(by=marta, only="closed").rows == [sent]
