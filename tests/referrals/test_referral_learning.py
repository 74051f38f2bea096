"""A map that learns: real answers, yeses and outcomes of a year, of five referrals at least."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from cortile.directory.models import Service
from cortile.kit import clock
from cortile.kit.refusals import NotVisible
from cortile.listening import actions as listening
from cortile.referrals import actions, figures
from cortile.referrals.models import Referral, ServiceFigures
from tests import cast
from tests.referrals import world

SENT = date(2026, 3, 11)


def answered(to: Service, days: int, *, yes: bool = True) -> Referral:
    """Send Adele to a service, which answers some days later."""
    sent = world.send(cast.open_request("adele", chip="school"), to)
    with world.on(SENT + timedelta(days=days)):
        if yes:
            return actions.accept(sent, by=world.them(sent), day=clock.today())
        return actions.decline(sent, by=world.them(sent), reason="full")


def learned(to: Service) -> ServiceFigures | None:
    """Let the night pass, and return what is known of a service."""
    actions.learn(cast.agency(), by=cast.machine())
    return figures.figures_of([to.pk], agency_id=cast.agency().pk).get(to.pk)


def many(to: Service, days: Sequence[int], *, no: int = 0) -> None:
    """Let a service answer some referrals, the first of them with a no."""
    for turn, later in enumerate(days):
        answered(to, later, yes=turn >= no)


def test_fewer_than_five_tell_nothing(service: Service) -> None:
    many(service, [1, 1, 1, 1])
    assert learned(service) is None


def test_five_tell_how_soon_it_answers_and_how_often_it_says_yes(service: Service) -> None:
    many(service, [1, 2, 2, 6, 7], no=1)
    found = learned(service)
    assert found is not None
    assert (found.referrals, found.median_answer_days, found.acceptance_bp, found.met_bp) == (5, 2, 8000, None)


def test_one_taken_back_before_any_answer_says_nothing_of_the_service(service: Service) -> None:
    many(service, [1, 1, 1, 1])
    actions.revoke(world.send(cast.open_request("adele", chip="school"), service), by=cast.at_desk("marta"), reason="Per errore")
    assert learned(service) is None


def test_a_silence_sent_on_elsewhere_counts_as_no_yes(service: Service, other: Service) -> None:
    many(service, [1] * 5)
    silent = [world.send(cast.open_request("adele", chip="school"), service) for _ in range(5)]
    world.watch(date(2026, 3, 20))
    for row in silent:
        actions.reroute(row, other, by=cast.at_desk("marta"), basis=world.YES)
    found = learned(service)
    assert found is not None
    assert (found.referrals, found.median_answer_days, found.acceptance_bp) == (10, 1, 5000)


def test_what_is_delicate_is_in_no_figure(service: Service) -> None:
    many(service, [1] * 5)
    assert learned(service) is not None
    listening.mark_delicate(Referral.objects.latest("pk").thread, by=cast.at_desk("marta"))
    assert learned(service) is None


def test_of_how_it_ended_her_own_word_counts_first(service: Service) -> None:
    many(service, [1] * 5)
    for row in Referral.objects.all():
        with world.on(date(2026, 3, 18)):
            actions.said_by_service(row, by=world.them(row), outcome="met")
            actions.said_by_person(row, by=cast.at_desk("marta"), outcome="no")
    found = learned(service)
    assert found is not None
    assert found.met_bp == 0


def test_of_who_could_not_be_reached_nothing_is_known(service: Service) -> None:
    many(service, [1] * 5)
    world.watch(date(2026, 3, 17))
    for row in Referral.objects.all():
        with world.on(date(2026, 3, 20)):
            actions.said_by_service(row, by=cast.at_desk("marta"), outcome="met")
            actions.said_by_person(row, by=cast.at_desk("marta"), outcome="no_reply")
    found = learned(service)
    assert found is not None
    assert (found.referrals, found.met_bp) == (5, None)


def test_what_is_over_a_year_old_is_forgotten(service: Service) -> None:
    many(service, [1] * 5)
    with world.on(SENT + timedelta(days=366)):
        assert learned(service) is None


def test_what_another_body_learned_is_its_own(service: Service) -> None:
    many(service, [1] * 5)
    assert learned(service) is not None
    assert figures.figures_of([service.pk], agency_id=cast.agency("comune-milano").pk) == {}


def test_a_second_night_puts_its_figures_in_place_of_the_first(service: Service) -> None:
    many(service, [1] * 5)
    assert learned(service) is not None
    assert learned(service) is not None
    assert ServiceFigures.objects.count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_counted_by_hand(seed: int, service: Service) -> None:
    chance = Random(seed)  # noqa: S311 -- invented answers
    days = [chance.randrange(7) for _ in range(5 + chance.randrange(4))]
    no = chance.randrange(len(days))
    many(service, days, no=no)
    found = learned(service)
    assert found is not None
    assert found.median_answer_days == statistics.median_low(days)
    assert found.acceptance_bp == (len(days) - no) * 10000 // len(days)


def test_the_night_s_work_is_due_once(service: Service) -> None:
    many(service, [1])
    body = cast.agency()
    assert figures.must_learn(body.pk)
    learned(service)
    assert not figures.must_learn(body.pk)


def test_a_body_that_sent_nobody_anywhere_has_nothing_to_learn() -> None:
    assert not figures.must_learn(cast.agency().pk)


def test_only_the_job_of_the_night_learns(service: Service) -> None:
    many(service, [1] * 5)
    with pytest.raises(NotVisible):
        actions.learn(cast.agency(), by=cast.at_desk("paola"))
