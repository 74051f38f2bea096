"""Canaries, bursts of reads and the month's sample: what the watch job finds, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cortile.agencies import actions as agencies
from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit import clock, files
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening import reads as threads
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.people import access, actions, openings, reads, rules
from cortile.people.models import Alarm, Canary, Person, RecordOpening
from tests import cast, traces
from tests.files import OGG, sent


@pytest.fixture
def invented(_alone: None) -> Person:
    """Return an invented person of San Siro, placed an hour ago."""
    adele = cast.person("adele")
    home = {"home_stair": adele.home_stair, "home_neighbourhood": adele.home_neighbourhood}
    person = actions.register(cast.agency(), by=cast.SYSTEM, given_name="Ida", family_name="Brambati", **home)
    with clock.frozen(cast.NOW - timedelta(hours=1)):
        actions.place_canary(person, by=cast.at_desk("paola"))
    return person


def watch() -> dict[str, int]:
    """Let the job look."""
    return actions.watch_openings(cast.agency(), by=cast.machine())


def many(count: int) -> list[Person]:
    """Register some people."""
    return [actions.register(cast.agency(), by=cast.SYSTEM, given_name=f"Nome{n}") for n in range(count)]


def opened_by(actor: Actor, persons: list[Person], every: timedelta) -> None:
    """Open some records one after the other, the last one now."""
    for back, person in enumerate(reversed(persons)):
        with clock.frozen(cast.NOW - every * back):
            reads.card(person.pk, by=actor)


def test_opening_a_canary_is_told_to_the_lead(invented: Person, marta: Actor) -> None:
    reads.card(invented.pk, by=marta)
    assert watch()["alarms"] == 1
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.staff_id, alarm.count) == ("canary", marta.id, 1)
    mail = Delivery.objects.get(channel="email")
    assert mail.to == "paola@example.invalid"
    assert not any(word in mail.text + mail.subject for word in ("Ida", "Marta", "canarino"))


def test_asking_to_open_it_is_enough(invented: Person, marta: Actor) -> None:
    actions.open_in_front(invented, by=marta)
    assert watch()["alarms"] == 1


def test_finding_it_is_not_opening_it(invented: Person, marta: Actor) -> None:
    assert invented in reads.search("brambati", by=marta)
    assert watch()["alarms"] == 0


def test_an_ordinary_person_raises_nothing(adele: Person, marta: Actor) -> None:
    reads.card(adele.pk, by=marta)
    assert watch()["alarms"] == 0


def test_once_a_day_however_often_it_looks(invented: Person, marta: Actor) -> None:
    reads.card(invented.pk, by=marta)
    assert [watch()["alarms"] for _ in range(3)] == [1, 0, 0]
    assert Delivery.objects.filter(channel="email").count() == 1


def test_the_lead_s_own_is_told_to_the_owner(invented: Person, paola: Actor) -> None:
    agencies.name_lane_owner(cast.agency(), cast.staff("nadia"), by=cast.SYSTEM)
    reads.card(invented.pk, by=paola)
    watch()
    assert Delivery.objects.get(channel="email").to == "nadia@example.invalid"


def test_who_has_a_home_is_no_canary(paola: Actor, adele: Person) -> None:
    with pytest.raises(Refused, match="canary-lives"):
        actions.place_canary(adele, by=paola)


LIVED: dict[str, Callable[[Person, Actor], object]] = {
    "a request": lambda p, by: listening.open_thread(p, by=by, chip="health", title="Una cosa"),
    "a delicate request": lambda p, by: listening.open_thread(p, by=by, chip="health", title="Una cosa", delicate=True),
    "a talk": lambda p, by: listening.record_contact(by=by, chip="listening", done_what="listened", persons=[p]),
    "a code": lambda p, by: actions.issue_paper_code(p, by=by),
    "a helper": lambda p, by: actions.name_delegate(p, by=by, name="Carla", talked_alone=True, scopes=["faults"]),
    "a household": lambda p, by: actions.form_household(cast.agency(), by=cast.SYSTEM, code="h", members=[(p, "holder")]),
    "an appointment": lambda p, by: agenda.book(p, by=by, staff=cast.staff("marta"), place=cast.space(), starts_at=soon()),
}  # fmt: skip


def soon() -> datetime:
    """Return an hour Marta is free."""
    return times.free_times(cast.staff("marta"), cast.space())[3]


@pytest.mark.parametrize("left", LIVED)
def test_of_whom_a_room_knows_something_is_no_canary(left: str, marta: Actor, paola: Actor) -> None:
    person = actions.register(cast.agency(), by=marta, given_name="Vera", family_name="Persona")
    LIVED[left](person, marta)
    with pytest.raises(Refused, match="canary-lives"):
        actions.place_canary(person, by=paola)


@pytest.mark.parametrize("who", ["marta", "silvia", "luca"])
def test_who_may_not_places_none(invented: Person, who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.place_canary(invented, by=cast.at_desk(who))
    assert Canary.objects.count() == 1


def test_the_audit_of_a_canary_names_no_person(invented: Person) -> None:
    assert traces.subjects("canary.placed") == set()


# --- a burst ---


def test_more_than_thirty_in_a_quarter_of_an_hour(marta: Actor, paola: Actor) -> None:
    opened_by(marta, many(31), timedelta(seconds=20))
    assert watch()["alarms"] == 1
    assert (Alarm.objects.get().kind, Alarm.objects.get().count) == ("burst", 31)
    assert [r.alarm.staff_id for r in openings.reviews(by=paola).alarms] == [marta.id]


def asked(count: int) -> list[Thread]:
    """Return a request, with a voice, of each of some people."""
    found = []
    for person in many(count):
        herself = access.tenant_actor({"kind": "tenant", "id": person.pk, "agency": person.agency_id})
        assert herself is not None
        listening.bring_voice(person, *sent(OGG), by=herself)
        found.append(listening.open_thread(person, by=herself, chip="faults", title="Una cosa"))
    return found


def hear(thread: Thread, by: Actor) -> None:
    """Listen to the voice of a request, without opening its page."""
    threads.file(thread.number, files.of("listening.thread", thread.pk)[0].pk, by=by)


def test_going_through_requests_is_a_burst_too(marta: Actor) -> None:
    for thread in asked(31):
        threads.whole(thread.number, by=marta)
    assert watch()["alarms"] == 1


def test_going_through_files_is_a_burst_too(marta: Actor) -> None:
    for thread in asked(31):
        hear(thread, marta)
    assert watch()["alarms"] == 1


def test_records_requests_and_files_count_together(marta: Actor) -> None:
    opened_by(marta, many(20), timedelta(seconds=20))
    for n, thread in enumerate(asked(11)):
        threads.whole(thread.number, by=marta) if n % 2 else hear(thread, marta)
    assert (watch()["alarms"], Alarm.objects.get().count) == (1, 31)


def test_a_normal_day_is_none(marta: Actor) -> None:
    for n, thread in enumerate(asked(30)):
        with clock.frozen(cast.NOW - timedelta(seconds=20 * n)):
            reads.card(thread.person_id, by=marta)
            threads.whole(thread.number, by=marta)
            hear(thread, marta)
    assert watch()["alarms"] == 0


def test_thirty_are_a_busy_morning(marta: Actor) -> None:
    opened_by(marta, many(30), timedelta(seconds=20))
    assert watch()["alarms"] == 0


def test_the_same_one_again_and_again_is_one(marta: Actor, adele: Person) -> None:
    opened_by(marta, [adele] * 40, timedelta(seconds=1))
    assert watch()["alarms"] == 0


def test_over_an_hour_they_are_no_burst(marta: Actor) -> None:
    opened_by(marta, many(31), timedelta(minutes=2))
    assert watch()["alarms"] == 0


def test_a_body_says_its_own_measure(marta: Actor, nadia: Actor) -> None:
    body = agencies.set_burst(cast.agency(), by=nadia, people=3, minutes=5)
    assert not body.burst_to_confirm
    opened_by(marta, many(4), timedelta(seconds=30))
    assert watch()["alarms"] == 1


@pytest.fixture
def nadia(_alone: None) -> Actor:
    """Return Nadia, who sets up the body."""
    return cast.at_desk("nadia")


def test_the_measure_is_a_number_and_the_administration_s(marta: Actor, nadia: Actor) -> None:
    with pytest.raises(Refused, match="burst-impossible"):
        agencies.set_burst(cast.agency(), by=nadia, people=0, minutes=5)
    with pytest.raises(Refused, match="not-allowed"):
        agencies.set_burst(cast.agency(), by=marta, people=9, minutes=5)


@pytest.mark.pure
def test_the_fullest_window_counts_different_persons() -> None:
    noon = datetime(2026, 3, 11, 12, tzinfo=UTC)
    reads_of = [(noon, 1), (noon + timedelta(minutes=4), 2), (noon + timedelta(minutes=4), 2), (noon + timedelta(minutes=10), 3)]
    assert rules.burst(reads_of, timedelta(minutes=5)) == (2, noon + timedelta(minutes=4))


@pytest.mark.parametrize("who", ["marta", "silvia"])
def test_only_a_job_raises_or_draws(who: str, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.raise_alarm(cast.agency(), by=cast.at_desk(who), kind="burst", staff_id=marta.id or 0, day=clock.today(), count=9)
    with pytest.raises(Refused, match="not-allowed"):
        actions.draw_sample(cast.agency(), by=cast.at_desk(who), among=[])


def test_an_alarm_is_closed_with_a_sentence_by_another(invented: Person, marta: Actor, paola: Actor) -> None:
    reads.card(invented.pk, by=marta)
    watch()
    alarm = Alarm.objects.get()
    with pytest.raises(Refused, match="note-missing"):
        actions.review_alarm(alarm, by=paola, note=" ")
    with pytest.raises(NotVisible):
        actions.review_alarm(alarm, by=marta, note="Sono io.")
    assert actions.review_alarm(alarm, by=paola, note="Ha cercato una parente.").reviewed_by_id == paola.id
    assert openings.reviews(by=paola).alarms == []


# --- the month's sample ---


def in_february(marta: Actor, count: int) -> None:
    """Let Marta say «è qui davanti a me» some times in February."""
    for day, person in enumerate(many(count), start=1):
        with clock.frozen(datetime(2026, 2, day, 10, tzinfo=UTC)):
            actions.open_in_front(person, by=marta)


def test_a_handful_of_last_month_is_drawn_once(marta: Actor, paola: Actor) -> None:
    in_february(marta, 8)
    assert [watch()["sampled"] for _ in range(2)] == [5, 0]
    assert len(openings.reviews(by=paola).sample) == 5


def test_talks_are_drawn_apart_from_taps(marta: Actor, paola: Actor) -> None:
    in_february(marta, 1)
    with clock.frozen(datetime(2026, 2, 20, 10, tzinfo=UTC)):
        for person in many(8):
            listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[person])
    assert watch()["sampled"] == 1 + 5
    assert sum(it.why == "dopo un contatto" for it in openings.reviews(by=paola).sample) == 5


def test_a_sampled_one_is_looked_at(marta: Actor, paola: Actor) -> None:
    in_february(marta, 1)
    watch()
    found = actions.review_sampled(RecordOpening.objects.get(), by=paola, verdict="not_fine", note="Non era allo Spazio.")
    assert (found.verdict, openings.reviews(by=paola).sample) == ("not_fine", [])


def test_what_was_not_drawn_is_not_asked_about(marta: Actor, paola: Actor, adele: Person) -> None:
    opening = actions.open_in_front(adele, by=marta)
    with pytest.raises(NotVisible):
        actions.review_sampled(opening, by=paola, verdict="fine")


@pytest.mark.pure
def test_a_draw_is_the_same_again() -> None:
    assert rules.sample(range(50), "a") == rules.sample(reversed(range(50)), "a") != rules.sample(range(50), "b")


def test_reading_the_page_is_in_the_audit(marta: Actor, paola: Actor) -> None:
    in_february(marta, 1)
    watch()
    openings.reviews(by=paola)
    event = traces.event("accesses.read")
    assert (event.agent_id, len(traces.subjects("accesses.read"))) == (paola.id, 1)
