"""How to reach somebody, in which language, and what no phone may show."""

from __future__ import annotations

import pytest

from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions, reads
from cortile.people.models import ContactPoint, Person
from tests import cast, traces

STRANGERS = ["bruno", "sara", "silvia", "salvatore", "lucia", "ornella"]


@pytest.fixture
def phone(adele: Person) -> ContactPoint:
    """Return Adele's landline."""
    return adele.contact_points.get()


def test_a_way_is_added_and_found(marta: Actor, adele: Person) -> None:
    actions.add_contact_point(adele, by=marta, kind="mobile", value=" 333 5550 188 ", confirmed=True)
    assert reads.sms_number_of(adele) == "333 5550 188"
    assert adele in reads.search("5550188", by=marta)


def test_the_same_value_is_corrected(marta: Actor, adele: Person, phone: ContactPoint) -> None:
    row = actions.add_contact_point(adele, by=marta, kind="landline", value=phone.value, when="mattina")
    assert (row, adele.contact_points.count(), row.when) == (phone, 1, "mattina")


@pytest.mark.parametrize("how", [{"shared": True}, {"safe": False}])
def test_what_others_may_read_is_never_used(marta: Actor, adele: Person, how: dict[str, bool]) -> None:
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 188", **how)
    assert reads.sms_number_of(adele) == ""


def test_she_adds_her_own(adele: Person, as_adele: Actor) -> None:
    assert actions.add_contact_point(adele, by=as_adele, kind="email", value="adele@example.invalid").pk


def test_what_a_phone_adds_waits_for_an_operator(adele: Person, as_adele: Actor, marta: Actor) -> None:
    actions.confirm_contact_point(adele.contact_points.get(), by=marta, still_right=False)
    row = actions.add_contact_point(adele, by=as_adele, kind="mobile", value="333 5550 188", confirmed=True)
    assert (row.to_confirm, reads.sms_number_of(adele), reads.phone_of(adele)) == (True, "", "")
    assert not actions.confirm_contact_point(row, by=as_adele, still_right=True).safe
    actions.confirm_contact_point(row, by=marta, still_right=True)
    assert (row.to_confirm, reads.sms_number_of(adele), reads.phone_of(adele)) == (False, "333 5550 188", "333 5550 188")


def test_what_an_operator_finds_wrong_waits_no_more(adele: Person, as_adele: Actor, marta: Actor) -> None:
    row = actions.add_contact_point(adele, by=as_adele, kind="mobile", value="333 5550 188")
    actions.confirm_contact_point(row, by=marta, still_right=False)
    assert (row.to_confirm, row.safe, row.confirmed_at) == (False, False, None)


@pytest.mark.parametrize("how", [{"shared": True}, {"safe": False}])
def test_no_phone_makes_usable_what_others_may_read(adele: Person, as_adele: Actor, marta: Actor, how: dict[str, bool]) -> None:
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 188", **how)
    actions.add_contact_point(adele, by=as_adele, kind="mobile", value="333 5550 188", shared=False)
    assert reads.sms_number_of(adele) == ""


@pytest.mark.parametrize("wrong", [{"kind": "pigeon"}, {"value": "  "}])
def test_a_way_is_something_known(marta: Actor, adele: Person, wrong: dict[str, str]) -> None:
    about = {"kind": "mobile", "value": "333 5550 188"} | wrong
    with pytest.raises(Refused, match="contact-missing"):
        actions.add_contact_point(adele, by=marta, **about)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_add_none(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.add_contact_point(adele, by=cast.at_desk(who), kind="mobile", value="333 5550 188")


def test_one_tap_says_it_is_still_right(marta: Actor, phone: ContactPoint) -> None:
    assert actions.confirm_contact_point(phone, by=marta, still_right=True).confirmed_at == cast.NOW


def test_a_wrong_number_is_kept_and_never_used(marta: Actor, adele: Person, phone: ContactPoint) -> None:
    actions.confirm_contact_point(phone, by=marta, still_right=False)
    assert adele.contact_points.get().safe is False
    assert reads.phone_of(adele) == ""


def test_an_unsafe_number_does_not_become_safe_by_a_tap(marta: Actor, phone: ContactPoint) -> None:
    actions.confirm_contact_point(phone, by=marta, still_right=False)
    assert not actions.confirm_contact_point(phone, by=marta, still_right=True).safe


def test_a_neighbour_confirms_nothing(phone: ContactPoint) -> None:
    with pytest.raises(NotVisible):
        actions.confirm_contact_point(phone, by=cast.herself("samira"), still_right=False)


def test_only_what_is_said_changes(as_adele: Actor, adele: Person) -> None:
    actions.set_preferences(adele, by=as_adele, language="en")
    fresh = cast.person("adele")
    assert (fresh.language, fresh.discreet) == ("en", False)
    assert traces.event("person.preferences_set").fields == ["language"]


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_change_no_preference(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.set_preferences(adele, by=cast.at_desk(who), discreet=True)


def test_in_person_is_chosen_with_an_operator(marta: Actor, adele: Person) -> None:
    assert actions.choose_in_person(adele, by=marta, only_in_person=True).only_in_person
    assert traces.event("person.in_person_chosen").fields == ["only_in_person"]


def test_it_is_taken_back_the_same_way(marta: Actor, adele: Person) -> None:
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    assert not actions.choose_in_person(adele, by=marta, only_in_person=False).only_in_person


def test_never_on_a_phone(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="operator-only"):
        actions.choose_in_person(adele, by=as_adele, only_in_person=False)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_choose_nothing_for_her(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.choose_in_person(adele, by=cast.at_desk(who), only_in_person=True)
