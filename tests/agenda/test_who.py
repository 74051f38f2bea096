"""Who sees an appointment: the body, the person, who helps; nothing delicate or «solo di persona» on a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cortile.agenda import access, actions, reads
from cortile.agenda.models import Appointment
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from cortile.listening import actions as listening
from cortile.messages.models import Message
from cortile.people import actions as people
from tests import cast
from tests.agenda.booking import THURSDAY, at, booked


def _helper(kind: Kind, *scopes: str) -> Actor:
    return replace(cast.herself("gianni"), kind=kind, role=str(kind), scopes=frozenset(scopes))


def _about_a_request(**details: object) -> Appointment:
    request = cast.open_request("gianni", by=cast.at_desk("marta"), **details)
    return booked(thread=request)


def test_the_person_sees_their_own() -> None:
    row = booked()
    assert reads.next_of(row.person_id, by=cast.herself("gianni")) == row


def test_another_tenant_finds_nothing(as_adele: Actor) -> None:
    row = booked()
    with pytest.raises(NotVisible):
        reads.one(row.pk, by=as_adele)


def test_another_body_finds_nothing(sara: Actor) -> None:
    row = booked()
    with pytest.raises(NotVisible):
        reads.one(row.pk, by=sara)


def test_a_desk_sees_the_agenda_of_its_body(silvia: Actor) -> None:
    row = booked()
    days = {d.day: d.appointments for d in reads.agenda(by=silvia)}
    assert days[THURSDAY] == (row,)
    assert len(days) == 7


def test_a_custodian_sees_no_agenda(salvatore: Actor) -> None:
    booked()
    assert not access.visible_to(salvatore).exists()


@pytest.mark.parametrize("hidden", [{"delicate": True}, {"only_in_person": True}])
@pytest.mark.parametrize("kind", [Kind.TENANT, Kind.REPRESENTATIVE, Kind.DELEGATE])
def test_no_phone_shows_what_is_hidden(kind: Kind, hidden: dict[str, bool]) -> None:
    row = _about_a_request(**hidden)
    assert reads.next_of(row.person_id, by=_helper(kind, "faults")) is None


def test_who_chose_solo_di_persona_sees_nothing_on_a_phone(marta: Actor) -> None:
    row = booked()
    people.choose_in_person(row.person, by=marta, only_in_person=True)
    assert reads.next_of(row.person_id, by=cast.herself("gianni")) is None


def test_a_request_made_delicate_later_takes_its_appointment_off_the_phone(marta: Actor) -> None:
    row = _about_a_request()
    assert row.thread is not None
    listening.mark_delicate(row.thread, by=marta)
    assert reads.next_of(row.person_id, by=cast.herself("gianni")) is None


def test_what_is_delicate_is_told_on_no_phone() -> None:
    cast.give_mobile("gianni")
    row = _about_a_request(delicate=True)
    told = Message.objects.get(about_thing="agenda.appointment", about_id=row.pk)
    assert (told.on_phone, told.delicate, told.deliveries.count()) == (False, True, 0)


def test_what_is_delicate_is_in_the_agenda_of_who_receives_only(marta: Actor, silvia: Actor, paola: Actor) -> None:
    row = _about_a_request(delicate=True)
    assert access.the_one(marta, row.pk) == row
    assert not (access.visible_to(silvia) | access.visible_to(paola)).filter(pk=row.pk).exists()


def test_a_delegate_sees_the_matters_they_help_with() -> None:
    row = _about_a_request()
    assert reads.next_of(row.person_id, by=_helper(Kind.DELEGATE, "faults")) == row
    assert reads.next_of(row.person_id, by=_helper(Kind.DELEGATE, "rent")) is None


def test_a_delegate_sees_none_that_is_about_no_matter() -> None:
    row = booked()
    assert reads.next_of(row.person_id, by=_helper(Kind.DELEGATE, "faults")) is None


def test_a_delegate_does_not_cancel() -> None:
    row = _about_a_request()
    with pytest.raises(NotVisible):
        actions.cancel(row, by=_helper(Kind.DELEGATE, "faults"))


def test_reading_leaves_a_trace_and_what_is_hidden_a_sealed_one(marta: Actor) -> None:
    booked("adele", starts_at=at(11))
    _about_a_request(delicate=True)
    reads.day_of(by=marta, day=THURSDAY)
    assert set(AuditEvent.objects.filter(what="agenda.day_read").values_list("sealed", flat=True)) == {True, False}


def test_free_times_leave_out_who_is_busy_and_say_no_name() -> None:
    booked()
    free = reads.free_times(cast.staff("marta"), cast.space(), since=THURSDAY, days=1)
    assert at(10) not in free
    assert free[:3] == [at(9), at(9, 30), at(10, 30)]


def _bruno_books() -> Appointment:
    """Return Gianni's appointment with Bruno, who is Marta's colleague in another quarter."""
    return booked(staff=cast.staff("bruno"), starts_at=at(11), bring="Carta del servizio")


def _thursday(by: Actor) -> reads.Day:
    return next(d for d in reads.agenda(by=by) if d.day == THURSDAY)


def test_another_quarters_hours_are_taken_and_nobodys(bruno: Actor) -> None:
    row = booked(bring="Carta del servizio")
    assert _thursday(bruno) == reads.Day(THURSDAY, (), (reads.Taken(row.starts_at, row.ends_at, "Marta F.", row.place.name),))
    with pytest.raises(NotVisible):
        reads.one(row.pk, by=bruno)


def test_whoever_receives_somebody_sees_whom(bruno: Actor) -> None:
    row = _bruno_books()
    assert (_thursday(bruno).appointments, _thursday(bruno).taken) == ((row,), ())
    assert reads.one(row.pk, by=bruno).bring == "Carta del servizio"


@pytest.mark.parametrize("who", ["bruno", "paola", "silvia"])
def test_the_hour_of_what_is_delicate_is_in_no_list(who: str) -> None:
    _about_a_request(delicate=True)
    day = _thursday(cast.at_desk(who))
    assert (day.appointments, day.taken) == ((), ())


@pytest.mark.parametrize("who", ["paola", "marta"])
def test_who_sees_it_does_not_find_its_hour_twice(who: str) -> None:
    row = booked()
    assert (_thursday(cast.at_desk(who)).appointments, _thursday(cast.at_desk(who)).taken) == ((row,), ())


@pytest.mark.parametrize("who", ["silvia", "salvatore", "lucia", "ornella", "sara", "davide"])
def test_no_one_else_is_told_of_taken_hours(who: str) -> None:
    booked()
    assert not access.taken_around(cast.at_desk(who)).exists()


def test_a_desk_reads_whom_to_expect_and_not_why(silvia: Actor, paola: Actor) -> None:
    row = booked(bring="Carta del servizio")
    read = [_thursday(silvia).appointments[0], reads.one(row.pk, by=silvia), *reads.coming_of(row.person_id, by=silvia)]
    assert {(a.person.full_name, a.bring) for a in read} == {("Gianni Sala", "")}
    actions.move(row, by=silvia, starts_at=at(11))
    assert reads.one(row.pk, by=paola).bring == "Carta del servizio"
