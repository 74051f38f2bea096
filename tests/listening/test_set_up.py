"""What a body decides for itself: its categories and its answer times."""

from __future__ import annotations

import pytest

from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.listening import actions
from cortile.listening.models import AnswerTime, Category
from tests import cast

LIFT = {"code": "T77", "label": "Montascale", "nature": "technical", "chip": "faults"}


def test_a_lead_adds_a_category(paola: Actor, milano: Agency) -> None:
    assert actions.set_category(milano, by=paola, **LIFT).chip_label == "Guasti"


def test_the_same_code_is_changed(paola: Actor, milano: Agency) -> None:
    actions.set_category(milano, by=paola, **LIFT)
    actions.set_category(milano, by=paola, **(LIFT | {"label": "Servoscala"}), active=False)
    row = Category.objects.get(agency=milano, code="T77")
    assert (row.label, row.active) == ("Servoscala", False)


@pytest.mark.parametrize("who", ["marta", "salvatore", "luca", "anna"])
def test_nobody_else_does(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.set_category(milano, by=cast.at_desk(who), **LIFT)


@pytest.mark.parametrize("wrong", [{"nature": "magic"}, {"chip": "violence"}])
def test_it_belongs_to_a_known_chip_and_nature(paola: Actor, milano: Agency, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match="chip-missing"):
        actions.set_category(milano, by=paola, **(LIFT | wrong))


@pytest.mark.parametrize("label", ["Violenza domestica", "Maltrattamenti", "Abusi"])
def test_violence_is_no_category(paola: Actor, milano: Agency, label: str) -> None:
    with pytest.raises(Refused, match="violence-is-no-category"):
        actions.set_category(milano, by=paola, **(LIFT | {"label": label}))


def test_an_occupation_without_title_is_one(paola: Actor, milano: Agency) -> None:
    assert actions.set_category(milano, by=paola, **(LIFT | {"label": "Occupazione abusiva"})).pk


def test_a_body_says_how_soon_it_answers(paola: Actor, milano: Agency) -> None:
    actions.set_answer_time(milano, by=paola, urgency="high", working_days=2)
    line = actions.set_answer_time(milano, by=paola, urgency="high", working_days=1, to_confirm=False)
    assert list(AnswerTime.objects.filter(agency=milano, urgency="high", chip="")) == [line]
    assert (line.working_days, line.to_confirm) == (1, False)


@pytest.mark.parametrize("days", [-1, 61])
def test_no_less_than_today_no_more_than_sixty_days(paola: Actor, milano: Agency, days: int) -> None:
    with pytest.raises(Refused, match="days-impossible"):
        actions.set_answer_time(milano, by=paola, urgency="high", working_days=days)


@pytest.mark.parametrize("wrong", [{"urgency": "soon"}, {"urgency": "high", "chip": "violence"}])
def test_an_answer_time_is_of_something_known(paola: Actor, milano: Agency, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match="chip-missing"):
        actions.set_answer_time(milano, by=paola, working_days=1, **wrong)


def test_another_bodys_times_stay(luca: Actor, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.set_answer_time(milano, by=luca, urgency="high", working_days=1)


def test_a_new_body_gets_the_starting_lists(anna: Actor, lodi: Agency) -> None:
    assert actions.start_lists(lodi, by=anna) == 68
    assert AnswerTime.objects.filter(agency=lodi, to_confirm=True).exists()


def test_what_it_had_changed_stays(anna: Actor, lodi: Agency) -> None:
    actions.set_category(lodi, by=anna, **(LIFT | {"code": "T01", "label": "Ascensore nostro"}))
    actions.start_lists(lodi, by=anna)
    assert cast.category("T01", "aler-lodi").label == "Ascensore nostro"


def test_no_lists_are_given_to_another_body(anna: Actor, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.start_lists(milano, by=anna)
