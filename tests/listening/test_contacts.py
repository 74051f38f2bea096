"""Somebody was listened to: logged in two taps, of one person, of nobody known, or of a whole courtyard."""

from __future__ import annotations

from typing import Any

import pytest

from cortile.agencies.models import Agency
from cortile.homes import actions as homes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access, actions, states
from cortile.listening.actions import Asked
from cortile.listening.models import Contact, Thread
from cortile.people.models import Person
from tests import cast, traces


def listened(by: Actor, **details: Any) -> Contact:  # noqa: ANN401 -- the act's own arguments
    """Log that somebody was listened to."""
    return actions.record_contact(by=by, **({"chip": "listening", "done_what": "listened"} | details))


def test_a_person_was_listened_to(marta: Actor, adele: Person) -> None:
    row = listened(marta, persons=[adele], note="  Le manca il marito. ")
    assert (row.neighbourhood, row.unnamed, row.note) == (adele.home_neighbourhood, 0, "Le manca il marito.")
    assert traces.subjects("contact.recorded") == {adele.pk}


def test_nobody_is_told(marta: Actor, adele: Person) -> None:
    listened(marta, persons=[adele])
    assert traces.told("adele") == []


def test_somebody_unknown_counts_as_one(marta: Actor) -> None:
    assert listened(marta).unnamed == 1


def test_a_courtyard_counts_everybody(marta: Actor, adele: Person, gianni: Person) -> None:
    row = listened(marta, persons=[adele, gianni, adele], unnamed=12, place=cast.space())
    assert (row.people.count(), row.unnamed) == (2, 12)


@pytest.mark.parametrize(("minutes", "kept"), [(0, 1), (10, 10), (9999, 480)])
def test_minutes_stay_within_a_day(marta: Actor, minutes: int, kept: int) -> None:
    assert listened(marta, minutes=minutes).minutes == kept


@pytest.mark.parametrize("who", ["marta", "paola", "silvia", "salvatore", "lucia"])
def test_whoever_meets_people_logs(who: str) -> None:
    assert listened(cast.at_desk(who)).staff == cast.staff(who)


@pytest.mark.parametrize("who", ["ornella", "federica", "nadia", "roberto"])
def test_who_meets_nobody_does_not(who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        listened(cast.at_desk(who))


def test_a_tenant_logs_nothing(as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        listened(as_adele)


@pytest.mark.parametrize("chip", states.NOT_FOR_CUSTODIANS)
def test_a_custodian_hears_of_no_money_and_no_health(salvatore: Actor, chip: str) -> None:
    with pytest.raises(Refused, match="chip-missing"):
        listened(salvatore, chip=chip)


def test_a_custodian_names_nobody(salvatore: Actor, adele: Person) -> None:
    with pytest.raises(NotVisible):
        listened(salvatore, persons=[adele])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"chip": "violence"}, "chip-missing"),
        ({"done_what": "cured"}, "done-missing"),
        ({"unnamed": -1}, "group-too-big"),
        ({"unnamed": 201}, "group-too-big"),
    ],
)
def test_what_makes_no_sense_is_refused(marta: Actor, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        listened(marta, **wrong)


@pytest.mark.parametrize("who", ["bruno", "sara"])
def test_nobody_logs_about_who_they_do_not_see(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        listened(cast.at_desk(who), persons=[adele])


def test_another_bodys_place_is_not_there(marta: Actor, anna: Actor, lodi: Agency) -> None:
    elsewhere = homes.add_place(lodi, by=anna, kind="space", name="Spazio Lodi")
    with pytest.raises(NotVisible):
        listened(marta, place=elsewhere)


def test_a_delicate_contact_is_read_by_who_wrote_it(marta: Actor, paola: Actor) -> None:
    row = listened(marta, delicate=True)
    assert row in access.contacts_visible_to(marta)
    assert row not in access.contacts_visible_to(paola)


def test_a_custodian_sees_own_contacts_only(marta: Actor, salvatore: Actor) -> None:
    listened(marta)
    own = listened(salvatore)
    assert list(access.contacts_visible_to(salvatore)) == [own]


def test_a_note_is_for_who_wrote_it_and_the_lead(marta: Actor, paola: Actor, silvia: Actor) -> None:
    row = listened(marta, note="Privata")
    assert [access.may_read_note(who, row) for who in (marta, paola, silvia)] == [True, True, False]


def test_contact_and_request_come_together(marta: Actor, adele: Person) -> None:
    opened = actions.record_request([adele], Asked(words="Ascensore fermo"), by=marta, chip="faults")
    assert (opened.title, opened.contact.done, opened.channel) == ("Guasti", "opened_request", "in_person")


def test_sent_twice_both_are_one(marta: Actor, adele: Person) -> None:
    for _ in range(2):
        actions.record_request([adele], Asked(), by=marta, chip="faults", once="k")
    assert (Contact.objects.count(), Thread.objects.count()) == (1, 1)


def test_a_request_needs_somebody(marta: Actor) -> None:
    with pytest.raises(Refused, match="person-missing"):
        actions.record_request([], Asked(), by=marta, chip="faults")


def test_a_request_is_of_one(marta: Actor, adele: Person, gianni: Person) -> None:
    with pytest.raises(Refused, match="one-person"):
        actions.record_request([adele, gianni], Asked(), by=marta, chip="faults")


def test_when_the_request_is_refused_the_contact_goes_too(marta: Actor, adele: Person) -> None:
    with pytest.raises(Refused, match="chip-missing"):
        actions.record_request([adele], Asked(urgency="now"), by=marta, chip="faults")
    assert not Contact.objects.exists()
