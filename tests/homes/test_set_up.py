"""Buildings, dwellings and places: added by the body's own administration, found by what people type."""

from __future__ import annotations

from datetime import date, time

import pytest

from cortile.agencies.models import Agency
from cortile.homes import access, actions, reads
from cortile.homes.models import Building, Dwelling, Neighbourhood, Place
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests import cast, traces


@pytest.fixture
def town(anna: Actor, lodi: Agency) -> Neighbourhood:
    """Return a new town of Lodi."""
    return actions.add_neighbourhood(lodi, by=anna, name="Casale", municipality="Casalpusterlengo", aliases=["Casalone"])


@pytest.fixture
def court(anna: Actor, town: Neighbourhood) -> Building:
    """Return a building there, with two stairs."""
    return actions.add_building(town, by=anna, code="LO-9", street="Via dell'Olmo", number="7", stairs="AB", lift=True)


def test_a_town_keeps_its_other_names(town: Neighbourhood, lodi: Agency) -> None:
    assert town in reads.neighbourhoods(lodi.pk)
    assert town.aliases == ["Casalone"]


@pytest.mark.parametrize("who", ["marta", "paola", "anna"])
def test_nobody_else_adds_one(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.add_neighbourhood(milano, by=cast.at_desk(who), name="Lambrate", municipality="Milano")


def test_a_building_is_found_by_its_address(court: Building, lodi: Agency) -> None:
    assert [s.name for s in reads.find_stairs(lodi.pk, "olmo 7")] == ["A", "B"]
    assert [s.name for s in reads.find_stairs(lodi.pk, "via dell'olmo 7 scala b")] == ["B"]


def test_it_is_not_found_from_another_body(court: Building, milano: Agency) -> None:
    assert reads.find_stairs(milano.pk, "olmo 7") == []


def test_no_building_is_added_to_another_body(anna: Actor) -> None:
    quarter = Neighbourhood.objects.get(name="San Siro")
    with pytest.raises(Refused, match="not-allowed"):
        actions.add_building(quarter, by=anna, code="X", street="Via X", number="1", stairs="A")


def test_a_dwelling_is_found_by_its_code(anna: Actor, court: Building, lodi: Agency) -> None:
    flat = actions.add_dwelling(court.stairs.get(name="A"), by=anna, code="LO-9-1", floor="2")
    assert reads.dwelling_by_code(lodi.pk, "LO-9-1") == flat
    assert traces.event("dwelling.added").thing_id == flat.pk


def test_the_code_means_nothing_elsewhere(anna: Actor, court: Building, milano: Agency) -> None:
    actions.add_dwelling(court.stairs.get(name="A"), by=anna, code="LO-9-1")
    with pytest.raises(Dwelling.DoesNotExist):
        reads.dwelling_by_code(milano.pk, "LO-9-1")


def test_a_lead_adds_no_dwelling(luca: Actor, court: Building) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.add_dwelling(court.stairs.get(name="A"), by=luca, code="LO-9-2")


def test_a_place_opens_with_its_week(anna: Actor, lodi: Agency, town: Neighbourhood) -> None:
    place = actions.add_place(lodi, by=anna, kind="presidio", name="Atrio", neighbourhood=town, openings=[(2, time(10), time(12))])
    (today,) = reads.coming_slots(lodi.pk, since=date(2026, 3, 11), days=7)
    assert (today.place, today.day) == (place, date(2026, 3, 11))


def test_no_place_is_added_to_another_body(anna: Actor, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.add_place(milano, by=anna, kind="space", name="Spazio nuovo")


def test_who_is_posted_works_there(anna: Actor, town: Neighbourhood) -> None:
    actions.post(cast.staff("luca"), by=anna, neighbourhood=town, since=date(2026, 3, 1))
    assert town.pk in access.areas_of(cast.staff("luca"))


def test_a_posting_ends(anna: Actor, town: Neighbourhood) -> None:
    actions.post(cast.staff("luca"), by=anna, neighbourhood=town, since=date(2026, 3, 1), until=date(2026, 3, 10))
    assert town.pk not in access.areas_of(cast.staff("luca"))


def test_nobody_posts_the_staff_of_another_body(anna: Actor, town: Neighbourhood) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.post(cast.staff("bruno"), by=anna, neighbourhood=town, since=date(2026, 3, 1))


def test_another_bodys_place_is_not_there(lodi: Agency) -> None:
    with pytest.raises(Place.DoesNotExist):
        reads.place(cast.space().pk, agency_id=lodi.pk)
