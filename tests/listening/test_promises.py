"""Keeping promises: moved with a reason, warned of, apologised for, never left with somebody away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions
from cortile.listening.models import HandOver, Promise, Thread
from cortile.messages.models import Delivery, Message
from tests import cast, traces

PROMISED, LATER = date(2026, 3, 16), date(2026, 3, 20)


def watched(days: int) -> dict[str, int]:
    """Keep the watch some days from now."""
    with clock.frozen(cast.NOW + timedelta(days=days)):
        return actions.keep_watch(cast.agency(), by=cast.machine())


def test_a_later_date_is_told_with_its_reason(thread: Thread, marta: Actor) -> None:
    row = actions.move_promise(thread, by=marta, day=LATER, reason="Il pezzo arriva giovedì")
    assert (row.next_date, row.first_promise) == (LATER, PROMISED)
    said = Message.objects.get(key="new_date").body_it
    assert "lunedì 16 marzo" in said
    assert "Il pezzo arriva giovedì" in said


def test_a_sooner_one_needs_no_reason(thread: Thread, marta: Actor) -> None:
    assert actions.move_promise(thread, by=marta, day=date(2026, 3, 12)).next_date == date(2026, 3, 12)


def test_a_later_one_needs_a_reason(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="reason-missing"):
        actions.move_promise(thread, by=marta, day=LATER, reason="  ")


@pytest.mark.parametrize("day", [date(2026, 3, 10), date(2026, 5, 11)])
def test_not_in_the_past_nor_beyond_sixty_days(thread: Thread, marta: Actor, day: date) -> None:
    with pytest.raises(Refused, match="date-impossible"):
        actions.move_promise(thread, by=marta, day=day, reason="Ferie")


def test_a_repair_is_dated_by_who_repairs(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="supplier-missing"):
        actions.move_promise(thread, by=marta, day=LATER, reason="Pezzo", kind="repair")


def test_with_a_name_it_is_kept(thread: Thread, marta: Actor) -> None:
    actions.move_promise(thread, by=marta, day=LATER, reason="Pezzo", kind="repair", said_by="Ascensori Rossi")
    assert Promise.objects.get(kind="repair").said_by == "Ascensori Rossi"


def test_what_is_closed_has_no_date_to_move(closed: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.move_promise(closed, by=marta, day=LATER, reason="Ferie")


@pytest.mark.parametrize("who", ["bruno", "luca", "silvia", "salvatore", "ornella"])
def test_strangers_move_no_date(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.move_promise(thread, by=cast.at_desk(who), day=LATER, reason="Ferie")


def test_a_tenant_moves_no_date(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.move_promise(thread, by=as_adele, day=LATER, reason="Ferie")


def test_the_owner_is_warned_a_working_day_before(thread: Thread) -> None:
    assert watched(1)["warned"] == 0
    assert watched(2)["warned"] == 1
    assert Delivery.objects.get(channel="email").to == "marta@example.invalid"


def test_the_warning_comes_once(thread: Thread) -> None:
    watched(2)
    assert watched(2)["warned"] == 0


def test_on_the_day_itself_nobody_is_late(thread: Thread) -> None:
    assert watched(5)["late"] == 0


def test_the_morning_after_we_say_sorry_with_a_name(thread: Thread) -> None:
    assert watched(6)["late"] == 1
    row = traces.now(thread)
    assert (row.late_for, row.escalated_to, row.next_date) == (PROMISED, cast.staff("paola"), date(2026, 3, 18))
    assert "Paola" in Message.objects.get(key="late").body_it


def test_sorry_is_said_once_a_promise(thread: Thread) -> None:
    watched(6)
    assert watched(6)["late"] == 0


def test_a_silent_office_is_reported_before_she_would_notice(sent: HandOver) -> None:
    assert watched(3)["silent"] == 1
    assert traces.lines(sent.thread)[-1] == "silence"
    assert watched(3)["silent"] == 0


def test_an_absence_that_begins_is_seen_that_morning(thread: Thread, paola: Actor) -> None:
    agencies.set_absence(cast.staff("marta"), by=paola, first_day=date(2026, 3, 12), last_day=date(2026, 3, 13))
    assert watched(1)["moved"] == 1
    assert traces.now(thread).owner == cast.staff("paola")


def test_another_body_is_not_watched(thread: Thread, lodi: Agency) -> None:
    with clock.frozen(cast.NOW + timedelta(days=6)):
        assert actions.keep_watch(lodi, by=cast.machine("aler-lodi"))["late"] == 0


@pytest.mark.parametrize("who", ["marta", "paola", "nadia"])
def test_only_the_job_watches(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.keep_watch(milano, by=cast.at_desk(who))


def test_the_job_of_another_body_does_not(milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.keep_watch(milano, by=cast.machine("aler-lodi"))


def test_who_is_here_keeps_their_requests(thread: Thread) -> None:
    assert actions.pass_to_deputy(cast.staff("marta"), by=cast.machine()) == 0
    assert traces.now(thread).owner == cast.staff("marta")


def test_nobody_passes_on_the_requests_of_another(thread: Thread, bruno: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.pass_to_deputy(cast.staff("marta"), by=bruno)


def test_an_envelope_goes_to_the_deputy_whole(thread: Thread, marta: Actor, paola: Actor) -> None:
    actions.mark_delicate(thread, by=marta)
    agencies.set_absence(cast.staff("marta"), by=paola, first_day=date(2026, 3, 11), last_day=date(2026, 3, 12))
    assert (traces.now(thread).owner, traces.now(thread).duty) == (cast.staff("paola"), cast.staff("paola"))
