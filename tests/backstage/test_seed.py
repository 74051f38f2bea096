"""The invented world: what is in it, that it is the same for the same seed, that it obeys the house's promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db.models import F, Q

from cortile.accounts.models import Account
from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency
from cortile.agenda.models import Appointment
from cortile.backstage import world
from cortile.backstage.world.plan import Plan
from cortile.backstage.world.quarter import SAN_SIRO, Lists, personas
from cortile.benefits import catalogue, population
from cortile.benefits.rules import deciding
from cortile.homes.models import Dwelling, Place, Posting, Stair
from cortile.kit import clock
from cortile.kit.actor import system
from cortile.listening import starter
from cortile.listening.models import Category, Contact, HandOver, PastRequest, Thread
from cortile.people import rules
from cortile.people.models import ContactPoint, Delegation, Person, Representative, SharedCopy
from tests.accounts.facts import values_of
from tests.backstage import worlds

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def a_world(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, str]]:
    """Build one small world for the whole file, and return the digest of another with the same seed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with worlds.built("twin"):
            twin = worlds.digest()
        with worlds.built("world"):
            yield twin


@pytest.fixture(autouse=True)
def _alone(a_world: dict[str, str]) -> None:
    """Look at the world instead of the cast."""


def test_the_same_seed_and_day_make_the_same_rows(a_world: dict[str, str]) -> None:
    assert worlds.digest() == a_world


def test_the_smallest_world_has_a_home_for_everybody_in_the_story() -> None:
    today = clock.today()
    story = personas(today)
    homes = dict(Lists(Plan(42, today, 0.02), SAN_SIRO, story).files())["contratti.csv"].decode()
    assert [person.key for person in story if person.key.upper() not in homes] == []


def test_a_second_run_says_it_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed", seed=42)
    assert "c'è già" in capsys.readouterr().out


def test_building_twice_is_refused_before_anything_is_written() -> None:
    with pytest.raises(world.AlreadyThere):
        world.build(42, worlds.TODAY)


def test_every_body_has_the_68_categories_and_none_is_violence() -> None:
    per_body = {a.code: Category.objects.filter(agency=a).count() for a in Agency.objects.all()}
    assert set(per_body.values()) == {68}
    assert not [c for c in starter.categories() if "violenz" in c.label.lower()]


def test_three_alers_and_the_comune_are_empty() -> None:
    peopled = set(Person.objects.values_list("agency__code", flat=True))
    assert peopled == {"aler-milano", "aler-pavia-lodi"}
    assert Agency.objects.count() == 7


def test_nine_spazi_show_every_state_of_their_life() -> None:
    spaces = Place.objects.filter(kind="space", agency__code="aler-milano")
    assert spaces.count() == 9
    assert set(spaces.values_list("state", flat=True)) == {"planned", "opening", "open", "closed"}


def test_two_operators_cover_three_towns_under_the_name_lodi_gives_them() -> None:
    covered = Posting.objects.filter(neighbourhood__agency__code="aler-pavia-lodi")
    assert set(covered.values_list("staff__given_name", flat=True)) == {"Sara", "Ivo"}
    assert covered.values("neighbourhood").distinct().count() == 3
    assert Agency.objects.get(code="aler-pavia-lodi").label("community_manager") == "operatore di quartiere"


def test_the_quarter_has_as_many_homes_and_people_as_its_scale_says() -> None:
    milano = Q(agency__code="aler-milano")
    assert Dwelling.objects.filter(milano).count() == round(412 * worlds.SMALL)
    assert Person.objects.filter(milano).count() == round(984 * worlds.SMALL) + 2


def test_six_buildings_have_twenty_four_stairs() -> None:
    whole = Stair.objects.filter(building__neighbourhood__name="San Siro")
    assert (whole.values("building").distinct().count(), whole.count()) == (6, min(24, round(412 * worlds.SMALL)))


def test_every_fiscal_code_is_well_formed_and_names_no_place() -> None:
    codes = list(Person.objects.exclude(fiscal_code="").values_list("fiscal_code", flat=True))
    assert codes
    assert all(rules.is_fiscal_code(c) and rules.is_invented_code(c) for c in codes)


def test_no_phone_can_ring_anywhere() -> None:
    numbers = ContactPoint.objects.values_list("value", flat=True)
    assert all(n.split(" ")[1] in {"000", "0000"} for n in numbers)


@pytest.mark.parametrize("key", ["marta", "paola", "salvatore", "lucia", "davide", "federica", "roberto", "anna", "ufficio"])
def test_every_persona_of_the_staff_is_there(key: str) -> None:
    assert agencies.personas()[key].is_active


@pytest.mark.parametrize("key", ["adele", "samira", "gianni"])
def test_every_persona_among_the_tenants_has_something_open(key: str) -> None:
    person = Person.objects.get(demo_persona=key)
    assert person.threads.exclude(state="closed").exists()


def test_gianni_owes_640_euro() -> None:
    assert Account.objects.get(tenancy__holder__demo_persona="gianni").balance_cents == 64_000


@pytest.mark.parametrize(
    ("key", "outcome", "cents"), [("adele", "eligible", 41_250), ("gianni", "eligible", 34_500), ("samira", "not_eligible", 0)]
)
def test_a_contribution_is_decided_on_what_the_lists_say(key: str, outcome: str, cents: int) -> None:
    contract, rule = Person.objects.get(demo_persona=key).tenancies_held.get(), catalogue.rule("energy")
    by, flags = system("prova", agency_id=contract.agency_id), {"solidarity_granted": frozenset[int]()}
    facts = values_of(population.facts(contract.pk, rule, by=by, day=worlds.TODAY, flags=flags))
    decided = deciding.Judge(rule, deciding.figures_on(rule, worlds.TODAY)).decide(facts)
    assert (decided.outcome, decided.award) == (outcome, cents)


def test_adele_is_answered_within_two_working_days() -> None:
    boiler = Thread.objects.get(person__demo_persona="adele", title="La caldaia fa rumore")
    assert (boiler.state, boiler.owner and boiler.owner.demo_persona) == ("with_us", "marta")
    assert str(boiler.next_date) == "2026-03-13"


def test_more_than_a_third_of_the_contacts_are_listening() -> None:
    share = Contact.objects.filter(done="listened").count() / Contact.objects.count()
    assert 0.36 < share < 0.41


def test_nine_in_ten_were_answered_by_the_first_promise() -> None:
    answered = Thread.objects.exclude(first_answer_at=None)
    kept = answered.filter(first_answer_at__date__lte=F("first_promise")).count()
    assert 0.8 < kept / answered.count() <= 0.97


def test_one_promise_expired_yesterday_and_was_said_to_be_late() -> None:
    late = Thread.objects.exclude(state="closed").get(late_for="2026-03-10")
    assert late.escalated_to is not None
    assert late.person.messages.filter(key="late").exists()


def test_hand_overs_were_answered_sent_back_and_met_with_silence() -> None:
    states = set(HandOver.objects.values_list("state", flat=True))
    assert states >= {"answered", "sent_back", "taken", "sent"}
    assert HandOver.objects.filter(state="sent").exclude(silence_told_for=None).exists()


def test_the_planted_imperfections_are_there() -> None:
    assert Person.objects.filter(family_name__in=["Benali", "Ben Ali"], birth_date="1981-04-12").count() == 2
    assert ContactPoint.objects.filter(safe=False).exists()
    assert Contact.objects.filter(place__name="Atrio di via del Sambuco 7").count() == 3


def test_helpers_appointments_and_older_requests_are_there() -> None:
    assert Delegation.objects.filter(person__demo_persona="adele").exists()
    assert Representative.objects.exists()
    assert Appointment.objects.filter(state="booked", interpreter=True).exists()
    assert PastRequest.objects.count() == round(200 * worlds.SMALL)


def test_somebody_else_knows_a_little_of_somebody() -> None:
    assert SharedCopy.objects.get().fields == {"name": "Samira Haddad", "language": "ar", "need": "Doposcuola per i bambini"}
    assert Person.objects.filter(visits_welcome=True, home_neighbourhood__name="San Siro").count() == 2
    assert Appointment.objects.filter(staff__demo_persona="lucia", state="booked").count() == 2


def test_nothing_happens_after_the_morning_of_the_day() -> None:
    assert not Thread.objects.filter(opened_at__gt=clock.at(worlds.TODAY, clock.local(clock.now()).time())).exists()
