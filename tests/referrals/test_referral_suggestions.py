"""Suggestions: each with its reasons, and in the order of those reasons alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.directory import actions as directory
from cortile.directory.models import Service
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening.models import Thread
from cortile.referrals import actions, reads, suggesting
from cortile.referrals.models import Step
from cortile.referrals.suggesting import AGAINST, FOR, KINDS, UNKNOWN, Reason, Suggestion
from tests import cast
from tests.referrals import world
from tests.referrals.test_referral_learning import many

REASONS = st.builds(Reason, st.sampled_from(KINDS), st.sampled_from([FOR, AGAINST]), st.just(""), st.integers(0, 60))


def suggested(words: str = "doposcuola", who: str = "samira") -> dict[str, list[str]]:
    """Return the reasons of each service suggested to somebody, in order."""
    return {one.service.name: one.reasons for one in suggesting.for_person(cast.person(who), words)}


def with_places(row: Service, many_places: int) -> None:
    """Say how many places a service has."""
    directory.set_capacity(row.pk, by=cast.machine(), state="capacity" if many_places else "no-capacity", available=many_places)


@pytest.mark.pure
@given(st.lists(REASONS, max_size=6), st.lists(REASONS, max_size=6))
def test_two_services_with_the_same_reasons_are_equal(one: list[Reason], other: list[Reason]) -> None:
    first, second = Suggestion(Service(name="A"), [], tuple(one)), Suggestion(Service(name="B"), [], tuple(other))
    same = {r.kind: (r.fit, r.amount) for r in one} == {r.kind: (r.fit, r.amount) for r in other}
    assert (first.order == second.order) >= same


@pytest.mark.pure
def test_what_nobody_knows_stands_between_for_and_against() -> None:
    known = [Suggestion(Service(), [], (Reason("places", fit, ""),)) for fit in (FOR, AGAINST)]
    assert known[0].order < Suggestion(Service()).order < known[1].order
    assert FOR < UNKNOWN < AGAINST


def test_who_has_places_comes_before_who_has_none() -> None:
    with_places(world.service("Doposcuola Alba"), 0)
    with_places(world.service("Doposcuola Zeta", email="z@example.invalid"), 3)
    found = suggested()
    assert list(found) == ["Doposcuola Zeta", "Doposcuola Alba"]
    assert (found["Doposcuola Zeta"][0], found["Doposcuola Alba"][0]) == ("posti liberi: 3", "adesso non ha posti")


def test_what_our_own_referrals_taught_is_a_reason(service: Service) -> None:
    many(service, [1, 2, 2, 6, 7], no=1)
    actions.learn(cast.agency(), by=cast.machine())
    assert "di solito risponde in 2 giorni, e dice sì a 8 persone su 10" in suggested("doposcuola")["Doposcuola"]


def test_who_said_no_places_says_from_when(service: Service) -> None:
    sent = world.send(cast.open_request("adele", chip="school"), service)
    actions.decline(sent, by=world.them(sent), reason="full", available_from=date(2026, 4, 1))
    assert "ha detto: posti dal 1/4/2026" in suggested()["Doposcuola"]


def test_a_card_brought_up_to_date_since_is_believed(service: Service) -> None:
    sent = world.send(cast.open_request("adele", chip="school"), service)
    actions.decline(sent, by=world.them(sent), reason="full")
    assert "di recente ha detto che non ha posti" in suggested()["Doposcuola"]
    with world.on(date(2026, 3, 12)):
        with_places(service, 2)
        assert "posti liberi: 2" in suggested()["Doposcuola"]


def test_who_said_yes_since_is_not_full_any_more(service: Service) -> None:
    first, second = (world.send(cast.open_request("adele", chip="school"), service) for _ in range(2))
    actions.decline(first, by=world.them(first), reason="full")
    with world.on(date(2026, 3, 12)):
        actions.accept(second, by=world.them(second), day=date(2026, 3, 13))
        assert "di recente ha detto che non ha posti" not in suggested()["Doposcuola"]


def test_a_no_said_to_another_body_is_its_own(service: Service) -> None:
    sent = world.send(cast.open_request("adele", chip="school"), service)
    actions.decline(sent, by=world.them(sent), reason="full")
    with scopes.opened(scopes.EVERYTHING):
        Step.objects.filter(referral=sent).update(agency_id=cast.agency("comune-milano").pk)
    assert "di recente ha detto che non ha posti" not in suggested()["Doposcuola"]


def test_a_question_does_not_make_the_no_that_follows_older(service: Service) -> None:
    with_places(service, 2)
    sent = world.send(cast.open_request("adele", chip="school"), service)
    actions.ask(sent, by=world.them(sent), words="Che classe fa?")
    with world.on(date(2026, 3, 12)):
        with_places(service, 2)
    with world.on(date(2026, 3, 13)):
        actions.decline(sent, by=world.them(sent), reason="full")
        assert "di recente ha detto che non ha posti" in suggested()["Doposcuola"]


def test_who_was_asked_already_is_not_suggested_again(service: Service, thread: Thread) -> None:
    marta = cast.at_desk("marta")
    assert [one.service for one in reads.services_for(thread, by=marta, words="doposcuola")] == [service]
    actions.decline(sent := world.send(thread, service), by=world.them(sent), reason="not_for_us")
    assert reads.services_for(thread, by=marta, words="doposcuola") == []


def test_two_others_are_found_however_many_said_no(service: Service, thread: Thread, marta: Actor) -> None:
    first = world.send(thread, service)
    for turn in range(suggesting.MOST):
        asked = world.service(f"Compiti {turn}", email=f"a{turn}@example.invalid")
        with_places(asked, 1)
        world.send(thread, asked)
    for name in ("Compiti al parco", "Compiti in chiesa"):
        world.service(name, email="z@example.invalid")
    found = reads.alternatives(first, by=marta)
    assert {one.service.name for one in found} == {"Compiti al parco", "Compiti in chiesa"}


def test_a_withdrawn_card_is_suggested_to_nobody(service: Service) -> None:
    directory.withdraw_service(service.pk, by=cast.machine(), reason="Chiuso")
    assert suggested() == {}


def test_who_may_not_send_her_is_suggested_nothing(service: Service, thread: Thread) -> None:
    with pytest.raises(NotVisible):
        reads.services_for(thread, by=cast.at_desk("bruno"))
