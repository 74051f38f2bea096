"""Setting up a body: its offices, its staff, its words. Only its own administration does it."""

from __future__ import annotations

from datetime import time

import pytest

from cortile.agencies import actions, policy, reads
from cortile.agencies.models import Agency, Staff
from cortile.agencies.roles import Role
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.kit.working_days import Hours
from tests import cast, traces

CLERK = {"email": "Nuova@example.invalid", "given_name": "Nuova", "family_name": "Arrivata", "role": Role.DESK}


def test_a_body_opens_with_its_week(system: Actor) -> None:
    body = actions.open_agency(by=system, code="aler-bergamo", name="ALER Bergamo", hours=[Hours(0, time(9), time(12))])
    assert reads.opening_hours(body) == [Hours(0, time(9), time(12))]
    assert traces.event("agency.opened").thing_id == body.pk


def test_a_lead_opens_no_body(paola: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.open_agency(by=paola, code="aler-bergamo", name="ALER Bergamo")


def test_the_administration_opens_an_office(anna: Actor, lodi: Agency) -> None:
    office = actions.open_office(lodi, by=anna, name="Ufficio manutenzioni Lodi")
    assert office in reads.offices_of(lodi.pk)


def test_it_opens_none_in_another_body(anna: Actor, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.open_office(milano, by=anna, name="Ufficio nuovo")


def test_an_address_is_kept_in_small_letters(anna: Actor, lodi: Agency) -> None:
    member = actions.hire(lodi, by=anna, team="Sud", **CLERK)
    assert (member.email, member.team.name) == ("nuova@example.invalid", "Sud")
    assert not member.has_usable_password()


def test_a_team_is_made_once(anna: Actor, lodi: Agency) -> None:
    first = actions.hire(lodi, by=anna, team="Sud", **CLERK)
    second = actions.hire(lodi, by=anna, team="Sud", **(CLERK | {"email": "altra@example.invalid"}))
    assert first.team == second.team


@pytest.mark.parametrize("who", ["marta", "paola", "salvatore", "anna"])
def test_nobody_else_hires(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.hire(milano, by=cast.at_desk(who), **CLERK)


def test_a_body_calls_its_roles_by_its_words(anna: Actor, lodi: Agency) -> None:
    actions.set_labels(lodi, {"community_manager": "operatore di quartiere"}, by=anna)
    assert cast.agency("aler-lodi").label("community_manager") == "operatore di quartiere"
    assert lodi.label("lead") == "responsabile"


def test_the_words_of_another_body_stay(anna: Actor, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.set_labels(milano, {"lead": "capo"}, by=anna)


def test_an_unknown_capability_is_a_mistake_of_ours(marta: Actor) -> None:
    with pytest.raises(KeyError):
        policy.can(marta, "fly")


def test_a_shared_screen_shows_no_surname() -> None:
    assert Staff(given_name="Marta", family_name="Ferri").display_name == "Marta F."
    assert Staff(given_name="Marta").display_name == "Marta"
