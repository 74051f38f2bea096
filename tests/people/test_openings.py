"""Need to know: what ties staff to a person, why a record is opened without a tie, and the broken glass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cortile.agencies import actions as agencies
from cortile.agencies import reads
from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from cortile.kit.scopes import EVERYTHING, opened
from cortile.listening import access as threads_access
from cortile.listening import actions as listening
from cortile.listening import reads as threads
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.people import access, actions, openings, rules
from cortile.people import reads as people
from cortile.people.models import Person, RecordOpening
from tests import cast, traces

WHY = "La vicina dice che non risponde da due giorni."
BORN = date(1947, 5, 3)


def tied(actor: Actor, person: Person, after: timedelta = timedelta()) -> bool:
    """Tell whether something ties somebody to a person, now or later."""
    with clock.frozen(cast.NOW + after):
        return access.tie_to(actor, person.pk) is not None


def broken(by: Actor, **how: object) -> RecordOpening:
    """Break the glass on Adele."""
    found = actions.break_glass(by=by, reason=WHY, **(how or {"card_number": cast.person("adele").card_number}))  # type: ignore[arg-type]
    assert found is not None
    return found


def told(events: Iterable[AuditEvent]) -> set[str]:
    """Return what a list of who looked tells of."""
    return {e.what for e in events}


def refusal(call: object, *args: object, **kwargs: object) -> str:
    """Return the code an act is refused with."""
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


# --- what ties ---


def test_nothing_ties_a_colleague_who_only_works_in_the_area(marta: Actor, adele: Person) -> None:
    assert not tied(marta, adele)


def test_an_open_request_she_may_see_ties(marta: Actor, bruno: Actor, thread: Thread, adele: Person) -> None:
    assert tied(marta, adele)
    assert not tied(bruno, adele)


def test_a_closed_request_ties_for_thirty_days(marta: Actor, thread: Thread, adele: Person) -> None:
    with opened(EVERYTHING):
        Thread.objects.update(state="closed", closed_at=clock.now(), outcome="solved", next_date=None)
    assert tied(marta, adele, timedelta(days=29))
    assert not tied(marta, adele, timedelta(days=31))


def test_a_delicate_request_ties_its_duty_person_only(marta: Actor, paola: Actor, thread: Thread, adele: Person) -> None:
    listening.mark_delicate(thread, by=marta)
    assert tied(marta, adele)
    assert not tied(paola, adele)


def test_a_contact_ties_who_recorded_it(marta: Actor, paola: Actor, adele: Person) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele])
    assert tied(marta, adele, timedelta(hours=11))
    assert not tied(marta, adele, timedelta(hours=13))
    assert not tied(paola, adele)


def test_a_contact_is_looked_at_again_like_a_tap(marta: Actor, adele: Person) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele])
    opening = RecordOpening.objects.get(person=adele)
    assert (opening.kind, opening.code, opening.staff_id) == ("in_front", "contact", marta.id)


def test_a_talk_opens_no_record_one_may_not_see(bruno: Actor, as_adele: Actor, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.open_by_contact(adele, by=bruno)
    with pytest.raises(Refused, match="operator-only"):
        actions.open_by_contact(adele, by=as_adele)


def test_a_talk_with_many_ties_nobody(marta: Actor, adele: Person, samira: Person) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele, samira])
    assert not tied(marta, adele)


def test_what_hides_itself_opens_nothing(silvia: Actor, adele: Person) -> None:
    listening.record_contact(by=silvia, chip="listening", done_what="listened", persons=[adele], delicate=True)
    assert not tied(silvia, adele)


def test_a_contact_s_opening_is_told_on_phone_and_paper(marta: Actor, adele: Person, as_adele: Actor) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele])
    assert "record.opened_by_contact" in told(people.seen_by(adele, by=as_adele))
    assert "record.opened_by_contact" in told(people.seen_on_paper(adele.pk, by=marta)[1])


def test_a_tap_is_told_whatever_was_written_around_it(silvia: Actor, marta: Actor, adele: Person, as_adele: Actor) -> None:
    actions.open_in_front(adele, by=silvia)
    listening.record_contact(by=silvia, chip="listening", done_what="listened", persons=[adele], delicate=True)
    assert told(people.seen_by(adele, by=as_adele)) == {"record.opened_in_front"}
    assert "record.opened_in_front" in told(people.seen_on_paper(adele.pk, by=marta)[1])


def test_no_talk_hides_a_broken_glass(bruno: Actor, marta: Actor, adele: Person, as_adele: Actor) -> None:
    broken(bruno)
    listening.record_contact(by=bruno, chip="listening", done_what="listened", persons=[adele], delicate=True)
    assert told(people.seen_by(adele, by=as_adele)) == {"glass.broken"}
    assert "glass.broken" in told(people.seen_on_paper(adele.pk, by=marta)[1])


def test_a_delicate_request_of_one_s_own_is_told_on_paper(marta: Actor, adele: Person, as_adele: Actor) -> None:
    listening.record_request([adele], listening.Asked("Cosa sua"), by=marta, chip="listening", delicate=True)
    assert RecordOpening.objects.get(person=adele).code == "contact"
    assert people.seen_by(adele, by=as_adele) == []
    assert told(people.seen_on_paper(adele.pk, by=marta)[1]) == {"record.opened_by_contact"}


def test_a_request_that_ended_long_ago_asks_why(marta: Actor, paola: Actor) -> None:
    old = listening.close(cast.open_request("adele"), by=marta, outcome="withdrawn")
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert (threads.asks_why(old.number, by=paola), threads.asks_why(old.number, by=marta)) == (old.person_id, None)


def test_a_request_that_ended_lately_asks_nothing(marta: Actor, paola: Actor) -> None:
    old = listening.close(cast.open_request("adele"), by=marta, outcome="withdrawn")
    assert threads.asks_why(old.number, by=paola) is None


def test_an_appointment_ties_from_its_own_day_for_a_week(marta: Actor, bruno: Actor, adele: Person) -> None:
    today = clock.today()
    when = next(t for t in times.free_times(cast.staff("marta"), cast.space()) if clock.local(t).date() > today)
    agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=when)
    ahead = clock.local(when).date() - today
    assert [tied(marta, adele, ahead + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [False, True, True, False]
    assert not tied(bruno, adele, ahead)


def test_who_registers_somebody_is_not_asked_why(marta: Actor) -> None:
    new = actions.register(cast.agency(), by=marta, given_name="Rosa")
    assert tied(marta, new)
    assert not tied(marta, new, timedelta(hours=13))


# --- in front, absent ---


def test_in_front_holds_twelve_hours_and_is_told(marta: Actor, adele: Person) -> None:
    opening = actions.open_in_front(adele, by=marta)
    assert (opening.kind, opening.until - opening.at) == ("in_front", timedelta(hours=12))
    assert tied(marta, adele, timedelta(hours=11))
    assert not tied(marta, adele, timedelta(hours=12))
    event = traces.event("record.opened_in_front")
    assert (event.thing, event.thing_id, event.reason) == ("people.recordopening", opening.pk, "La persona era qui.")
    assert traces.subjects("record.opened_in_front") == {adele.pk}


def test_two_taps_are_one_opening(marta: Actor, adele: Person) -> None:
    assert actions.open_in_front(adele, by=marta, once="k") == actions.open_in_front(adele, by=marta, once="k")


@pytest.mark.parametrize("who", ["bruno", "sara", "salvatore"])
def test_a_reason_opens_nothing_that_was_closed(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.open_in_front(adele, by=cast.at_desk(who))
    with pytest.raises(NotVisible):
        actions.open_absent(adele, by=cast.at_desk(who), code="call", sentence="Ha chiamato la figlia.")


def test_she_opens_her_own_in_the_app_without_this(as_adele: Actor, adele: Person) -> None:
    assert refusal(actions.open_in_front, adele, by=as_adele) == "operator-only"


def test_absent_says_a_code_and_a_sentence(marta: Actor, adele: Person) -> None:
    opening = actions.open_absent(adele, by=marta, code="call", sentence=" Ha chiamato la figlia. ")
    assert (opening.code, opening.sentence) == ("call", "Ha chiamato la figlia.")
    assert traces.event("record.opened_absent").reason == "chiamata: Ha chiamato la figlia."


@pytest.mark.parametrize(("code", "sentence", "refused"), [("", "Ha chiamato la figlia.", "code-unknown"),
                                                          ("call", "niente", "reason-too-short"),
                                                          ("call", "............", "reason-too-short")])  # fmt: skip
def test_an_empty_reason_is_refused(marta: Actor, adele: Person, code: str, sentence: str, refused: str) -> None:
    assert refusal(actions.open_absent, adele, by=marta, code=code, sentence=sentence) == refused


@pytest.mark.pure
@pytest.mark.parametrize(("said", "enough"), [("a" * 30, False), ("          ", False), ("ha chiamato", True)])
def test_keys_held_down_are_no_sentence(said: str, enough: bool) -> None:
    assert rules.says_enough(said, 10) is enough


# --- the broken glass ---


def test_it_opens_another_area_for_three_hours(bruno: Actor, adele: Person) -> None:
    assert not access.visible_to(bruno).filter(pk=adele.pk).exists()
    broken(bruno)
    assert access.the_one(bruno, adele.pk) == adele
    with clock.frozen(cast.NOW + timedelta(hours=3)), pytest.raises(NotVisible):
        access.the_one(bruno, adele.pk)


def test_it_is_not_a_right_to_write(bruno: Actor, adele: Person) -> None:
    broken(bruno)
    with pytest.raises(NotVisible):
        access.the_one(bruno, adele.pk, "edit")


def test_requests_and_contacts_open_with_it_delicate_ones_do_not(bruno: Actor, marta: Actor, thread: Thread, adele: Person) -> None:
    kept = cast.open_request("adele", by=marta, chip="listening", title="Cosa sua")
    listening.mark_delicate(kept, by=marta)
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele], delicate=True)
    plain = listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele])
    broken(bruno)
    assert list(threads_access.visible_to(bruno)) == [thread]
    assert list(threads_access.contacts_visible_to(bruno)) == [plain]


def test_whole_name_and_birth_date_will_do(bruno: Actor, adele: Person) -> None:
    assert broken(bruno, name="brambilla  ADELE", born=BORN).person == adele


@pytest.mark.parametrize(
    "typed",
    [
        {}, {"card_number": "00000000"}, {"name": "Adele Brambilla"}, {"name": "Adele", "born": BORN}, {"born": BORN},
        {"name": "Adele Brambilla", "born": date(1947, 5, 4)}, {"name": "Teresa Bassani", "born": BORN},
    ],
)  # fmt: skip
def test_anything_wrong_has_one_answer_and_stays_written(bruno: Actor, typed: dict[str, object]) -> None:
    assert actions.break_glass(by=bruno, reason=WHY, **typed) is None  # type: ignore[arg-type]
    assert (traces.event("glass.broken").fields, traces.subjects("glass.broken")) == (["no_match"], set())


def test_two_of_one_name_and_birth_date_are_nobody(bruno: Actor) -> None:
    actions.register(cast.agency(), by=cast.SYSTEM, given_name="Adele", family_name="Brambilla", birth_date=BORN)
    assert actions.break_glass(by=bruno, reason=WHY, name="Adele Brambilla", born=BORN) is None


def test_another_body_stays_another_body(sara: Actor, adele: Person) -> None:
    assert actions.break_glass(by=sara, reason=WHY, card_number=adele.card_number) is None
    assert actions.break_glass(by=sara, reason=WHY, name="Adele Brambilla", born=BORN) is None


def test_it_needs_a_reason_and_a_need(bruno: Actor, marta: Actor, silvia: Actor, adele: Person) -> None:
    card = adele.card_number
    assert refusal(actions.break_glass, by=bruno, reason="Mi serve adesso.", card_number=card) == "reason-too-short"
    assert refusal(actions.break_glass, by=marta, reason=WHY, card_number=card) == "glass-not-needed"
    assert refusal(actions.break_glass, by=silvia, reason=WHY, card_number=card) == "not-allowed"


def test_no_audit_no_glass(bruno: Actor, adele: Person) -> None:
    opening = broken(bruno)
    event = traces.event("glass.broken")
    assert (event.thing_id, event.reason, event.agent_id) == (opening.pk, WHY, bruno.id)
    assert traces.subjects("glass.broken") == {adele.pk}


# --- the second person ---


def test_the_lead_is_written_to_without_a_name(bruno: Actor) -> None:
    broken(bruno)
    mail = Delivery.objects.get(channel="email")
    assert mail.to == "paola@example.invalid"
    assert not any(word in mail.text + mail.subject for word in ("Adele", "Bruno", WHY))


def test_the_owner_of_the_lane_comes_first(bruno: Actor, nadia_owns: None) -> None:
    broken(bruno)
    assert Delivery.objects.get(channel="email").to == "nadia@example.invalid"


@pytest.fixture
def nadia_owns(_alone: None) -> None:
    """Let Nadia answer for the social lane."""
    agencies.name_lane_owner(cast.agency(), cast.staff("nadia"), by=cast.SYSTEM)


def test_a_lane_has_one_owner_of_its_own_body(system: Actor, nadia_owns: None) -> None:
    agencies.name_lane_owner(cast.agency(), cast.staff("paola"), by=system)
    assert reads.lane_owners(cast.agency().pk) == {"social": cast.staff("paola")}
    assert refusal(agencies.name_lane_owner, cast.agency(), cast.staff("luca"), by=system) == "owner-elsewhere"
    assert refusal(agencies.name_lane_owner, cast.agency(), cast.staff("paola"), by=cast.at_desk("paola")) == "not-allowed"


def test_a_review_says_who_and_what(bruno: Actor, paola: Actor) -> None:
    found = actions.review_glass(broken(bruno), by=paola, verdict="fine")
    assert (found.reviewed_by_id, found.verdict) == (paola.id, "fine")
    assert traces.event("glass.reviewed").reason == "va bene"
    assert refusal(actions.review_glass, found, by=paola, verdict="fine") == "already-reviewed"


def test_not_right_closes_the_record_at_once(bruno: Actor, paola: Actor, adele: Person) -> None:
    opening = broken(bruno)
    with clock.frozen(cast.NOW + timedelta(minutes=5)):
        actions.review_glass(opening, by=paola, verdict="not_fine", note="Non era urgente.")
        assert not access.visible_to(bruno).filter(pk=adele.pk).exists()


def test_a_review_says_something(bruno: Actor, paola: Actor) -> None:
    opening = broken(bruno)
    assert refusal(actions.review_glass, opening, by=paola, verdict="boh") == "verdict-unknown"
    assert refusal(actions.review_glass, opening, by=paola, verdict="not_fine") == "note-missing"


@pytest.mark.parametrize("who", ["bruno", "marta", "silvia", "luca"])
def test_who_does_not_answer_for_the_lane_finds_nothing(bruno: Actor, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.review_glass(broken(bruno), by=cast.at_desk(who), verdict="fine")


def test_nobody_reviews_what_they_broke(bruno: Actor) -> None:
    agencies.name_lane_owner(cast.agency(), cast.staff("bruno"), by=cast.SYSTEM)
    opening = broken(bruno)
    assert refusal(actions.review_glass, opening, by=bruno, verdict="fine") == "review-own"
    with opened(EVERYTHING), pytest.raises(IntegrityError), transaction.atomic():
        RecordOpening.objects.update(reviewed_by_id=bruno.id)


def test_an_overdue_one_freezes_only_the_glass(bruno: Actor, paola: Actor, samira: Person) -> None:
    opening = broken(bruno)
    with clock.frozen(cast.NOW + timedelta(days=1)):
        assert not openings.is_frozen(bruno)
    with clock.frozen(cast.NOW + timedelta(days=2)):
        assert refusal(actions.break_glass, by=bruno, reason=WHY, card_number=samira.card_number) == "glass-frozen"
        assert listening.record_contact(by=bruno, chip="listening", done_what="listened", unnamed=1).pk
        actions.review_glass(opening, by=paola, verdict="fine")
        assert actions.break_glass(by=bruno, reason=WHY, card_number=samira.card_number) is not None


@pytest.mark.pure
def test_a_working_day_is_not_a_sunday() -> None:
    assert rules.review_due(date(2026, 3, 13), "MI") == date(2026, 3, 16)
