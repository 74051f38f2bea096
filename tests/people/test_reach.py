"""How to reach somebody, in which language, and what no phone may show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions, reads, ways
from cortile.people.models import ContactPoint, Person
from tests import cast, traces
from tests.people.test_copies import shared

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


# --- where messages go first, and when none does ---


@pytest.mark.parametrize("channel", ["paper", "app"])
def test_paper_and_the_app_lead_to_everybody(as_adele: Actor, adele: Person, channel: str) -> None:
    assert actions.set_preferences(adele, by=as_adele, channel=channel).channel == channel
    assert traces.event("person.preferences_set").fields == ["channel"]


@pytest.mark.parametrize("channel", ["email", "io", "pigeon"])
def test_a_way_that_leads_nowhere_is_not_chosen(as_adele: Actor, adele: Person, channel: str) -> None:
    with pytest.raises(Refused, match="way-missing"):
        actions.set_preferences(adele, by=as_adele, channel=channel)


@pytest.mark.parametrize("how", [{"shared": True}, {"safe": False}])
def test_nor_one_that_others_may_read(marta: Actor, adele: Person, how: dict[str, bool]) -> None:
    actions.add_contact_point(adele, by=marta, kind="email", value="adele@example.invalid", **how)
    with pytest.raises(Refused, match="way-missing"):
        actions.set_preferences(adele, by=marta, channel="email")


def test_nor_one_a_message_came_back_from(marta: Actor, adele: Person) -> None:
    actions.add_contact_point(adele, by=marta, kind="email", value="adele@example.invalid")
    actions.contact_bounced(adele, by=cast.SYSTEM, value="adele@example.invalid")
    with pytest.raises(Refused, match="way-missing"):
        actions.set_preferences(adele, by=marta, channel="email")


def test_her_own_address_is_a_way(marta: Actor, adele: Person) -> None:
    actions.add_contact_point(adele, by=marta, kind="email", value="adele@example.invalid")
    assert actions.set_preferences(adele, by=marta, channel="email").channel == "email"


def test_app_io_wants_a_code_and_somebody_who_carries_it(marta: Actor, adele: Person, settings: Settings) -> None:
    settings.CARRIERS = {**settings.CARRIERS, "io": "adapters.app_io.carrier.AppIo"}
    assert (ways.leads_to(adele, "io"), "io" in ways.offered(adele)) == (False, True)
    adele.fiscal_code = "BRMDLA47E43Z999X"
    assert actions.set_preferences(adele, by=marta, channel="io").channel == "io"


def test_what_she_chose_before_stays_hers_without_a_number(as_adele: Actor, adele: Person) -> None:
    assert actions.set_preferences(adele, by=as_adele, channel="sms", language="en").channel == "sms"


def test_she_chooses_the_hours_and_takes_them_back(as_adele: Actor, adele: Person) -> None:
    chosen = actions.set_preferences(adele, by=as_adele, quiet=(13, 16))
    assert (chosen.quiet_from, chosen.quiet_until) == (13, 16)
    actions.set_preferences(adele, by=as_adele, language="it")
    assert cast.person("adele").quiet_from == 13
    actions.set_preferences(adele, by=as_adele, quiet=())
    assert (cast.person("adele").quiet_from, cast.person("adele").quiet_until) == (None, None)


@pytest.mark.parametrize("quiet", [(20,), (8, 8), (20, 24), (-1, 8), (1, 2, 3)])
def test_hours_are_two_different_ones(as_adele: Actor, adele: Person, quiet: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="quiet-hours"):
        actions.set_preferences(adele, by=as_adele, quiet=quiet)


# --- a code sent to a telephone: whoever holds it may be acting ---


@pytest.fixture(params=["sms", "voice"])
def by_phone(as_adele: Actor, request: pytest.FixtureRequest) -> Actor:
    """Return who came in as Adele with a code sent to a telephone."""
    return replace(as_adele, came_by=request.param, step=1)


def test_whoever_holds_the_phone_adds_and_confirms_no_number(adele: Person, phone: ContactPoint, by_phone: Actor) -> None:
    with pytest.raises(Refused, match="phone-code"):
        actions.add_contact_point(adele, by=by_phone, kind="mobile", value="333 5550 188")
    for still_right in (True, False):
        with pytest.raises(Refused, match="phone-code"):
            actions.confirm_contact_point(phone, by=by_phone, still_right=still_right)


@pytest.mark.parametrize("looser", [{"discreet": False}, {"channel": "app"}])
def test_nor_loosens_what_she_chose(marta: Actor, adele: Person, by_phone: Actor, looser: dict[str, object]) -> None:
    actions.set_preferences(adele, by=marta, discreet=True)
    with pytest.raises(Refused, match="phone-code"):
        actions.set_preferences(cast.person("adele"), by=by_phone, **looser)


def test_but_may_tighten_it(adele: Person, by_phone: Actor) -> None:
    changed = actions.set_preferences(adele, by=by_phone, discreet=True, language="en", channel=adele.channel)
    assert (changed.discreet, changed.language) == (True, "en")


def test_nor_takes_back_a_help_or_a_copy(marta: Actor, adele: Person, by_phone: Actor) -> None:
    given = actions.name_delegate(adele, by=marta, name="Lucia", talked_alone=True, scopes=["faults"])
    copy = shared(person=adele)
    with pytest.raises(Refused, match="phone-code"):
        actions.withdraw_delegation(given, by=by_phone)
    with pytest.raises(Refused, match="phone-code"):
        actions.withdraw_copy(copy.pk, by=by_phone)


def test_nor_reads_who_looked(marta: Actor, adele: Person, as_adele: Actor, by_phone: Actor) -> None:
    reads.card(adele.pk, by=marta)
    assert (len(reads.seen_by(adele, by=as_adele)), reads.seen_by(adele, by=by_phone)) == (1, [])
