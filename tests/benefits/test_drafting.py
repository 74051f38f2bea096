"""A version as a form of sentences, and back: nothing typed is lost, and what does not hold is named with its field."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits import catalogue, drafting, terms
from cortile.benefits.drafting import ON
from cortile.benefits.drafting_terms import typed_terms
from cortile.benefits.rules import fingerprints, writing
from cortile.benefits.rules.nodes import Kind
from cortile.benefits.rules.reading import RuleError
from tests.benefits import notices

pytestmark = pytest.mark.pure

ENERGY = catalogue.rule("energy")
TERMS = terms.read(notices.CONDITIONS)
NEW = {"n-input": "due", "n-order": "at_least", "n-value": "50", "n-citation": "Delibera", "n-cure": "Porta la bolletta."}


def typed(**changed: str) -> dict[str, str]:
    """Return the form of the energy call with something typed over it: ``p_cap`` is the field ``p-cap``."""
    said = {name.replace("_", "-", 1) if name[1] == "_" else name: value for name, value in changed.items()}
    return drafting.typed_of(ENERGY, ENERGY) | typed_terms(TERMS) | said


def written(**changed: str) -> drafting.Written:
    """Return what such a form says."""
    return drafting.written(ENERGY, typed(**changed))


def test_a_figure_is_typed_inside_its_sentence() -> None:
    line = next(ln for ln in drafting.sheet(ENERGY, typed()).lines if ln.key == "isee_floor")
    assert [p.text or (p.slot and (p.slot.value, p.slot.after)) for p in line.pieces] == [
        "L'ISEE è almeno ",
        ("9.360,01", "euro"),
        ".",
    ]


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_a_form_left_alone_says_the_rule_it_came_from(name: str) -> None:
    rule = catalogue.rule(name)
    said = drafting.written(rule, drafting.typed_of(rule, rule) | typed_terms(TERMS))
    assert said.rule is not None
    assert writing.data_of(said.rule) == writing.data_of(rule)


def test_terms_left_alone_are_the_terms_they_came_from() -> None:
    assert written().terms == TERMS


def test_a_threshold_changed_is_the_only_change() -> None:
    said = written(p_isee_most="20.000")
    assert said.rule is not None
    assert [p.values[-1].value for p in said.rule.parameters if p.name == "isee_most"] == [20_000_00]


def test_a_requirement_is_switched_off_with_the_data_it_alone_needed() -> None:
    said = written(r_no_solidarity="")
    assert said.rule is not None
    assert "no_solidarity" not in {r.key for r in said.rule.requirements}
    assert "solidarity_granted" not in {i.name for i in said.rule.inputs}


def test_and_on_again_from_the_programme_s_own_rule() -> None:
    said = written(r_no_solidarity="")
    assert said.rule is not None
    every = drafting.pool(said.rule, ENERGY)
    again = drafting.written(every, drafting.typed_of(said.rule, every) | typed_terms(TERMS) | {"r-no_solidarity": ON})
    assert again.rule is not None
    assert {r.key for r in again.rule.requirements} == {r.key for r in ENERGY.requirements}


def test_da_confermare_is_ticked_figure_by_figure() -> None:
    said = written(**{"p_cap-tbc": ON})
    assert said.rule is not None
    assert {p.name for p in said.rule.parameters if p.unconfirmed} == {"isee_doubt", "cap"}


def test_a_new_requirement_is_put_together_from_a_datum_a_comparison_and_a_value() -> None:
    said = drafting.written(ENERGY, typed() | NEW)
    assert said.rule is not None
    assert (said.rule.requirements[-1].label, said.rule.requirements[-1].citation) == (
        "La spesa di riscaldamento da pagare è almeno {due_at_least}.", "Delibera",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "order", "value", "label"), [
    ("band", "one_of", "protezione, permanenza", "Fascia è protezione o permanenza."),
    ("solidarity_granted", "holds_not", "", "Contributo di solidarietà dello stesso anno: no."),
])  # fmt: skip
def test_also_from_a_code_or_a_yes_and_no(name: str, order: str, value: str, label: str) -> None:
    said = drafting.written(ENERGY, typed() | NEW | {"n-input": name, "n-order": order, "n-value": value})
    assert said.rule is not None
    assert said.rule.requirements[-1].label == label


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "a figure in words": ({"p-cap": "seicento"}, "p-cap"), "a share below nought": ({"p-share": "-5"}, "p-share"),
    "no cure": ({"r-due-cure": " "}, "r-due-cure"), "a call that closes first": ({"closes_at": "2026-01-01T10:00"}, "closes_at"),
    "an envelope nobody can count": ({"envelope": "tanti"}, "envelope"), "no title": ({"title": ""}, "title"),
    "a new requirement without its source": (NEW | {"n-citation": ""}, "n-citation"),
    "a word that is not a band": (NEW | {"n-input": "band", "n-order": "one_of", "n-value": "tutti"}, "n-value"),
    "a code that is «at least»": (NEW | {"n-input": "band"}, "n-order"),
    "a datum nobody declared": (NEW | {"n-input": "x"}, "n-order"),
    "a text where a value goes": (NEW | {"n-value": "__import__('os')"}, "n-value"),
    "a base that is no sum": ({"base_of": "due", "base_item": "wine"}, "base_of"),
    "it opens before any figure is in force": ({"opens_at": "2020-01-01T10:00"}, "opens_at"),
    "no requirement at all": ({f"r-{r.key}": "" for r in ENERGY.requirements}, "r-requirements"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_hold_is_refused_with_its_field(name: str) -> None:
    changed, where = WRONG[name]
    said = drafting.written(ENERGY, typed() | changed)
    assert (said.sound, [*said.wrong]) == (False, [where.replace("r-requirements", "")])


def test_and_nothing_typed_is_lost() -> None:
    slots = {s.name: s.value for ln in drafting.sheet(ENERGY, typed(p_isee_most="tanto")).lines for p in ln.pieces if (s := p.slot)}
    assert slots["p-isee_most"] == "tanto"


@given(st.integers(0, 10**10))
def test_every_sum_is_read_back_as_it_was_written(cents: int) -> None:
    assert drafting.figure_read(Kind.CENTS, drafting.figure_typed(Kind.CENTS, cents)) == cents


@given(st.dictionaries(st.sampled_from(sorted(typed())), st.text(max_size=30), max_size=4))
def test_whatever_is_typed_is_either_sound_or_named(changed: dict[str, str]) -> None:
    said = drafting.written(ENERGY, typed() | changed)
    assert said.sound != bool(said.wrong)


# --- the terms ---


def test_a_call_says_its_territory_its_base_and_from_when_it_is_in_force() -> None:
    more = {
        "territory": ["San Siro"], "excludes": ["solidarity"], "cumulation": ["Va con il bonus luce."],
        "base": {"of": "paid", "item": "services", "season": "2025/26"}, "takes_effect": "2026-04-01T06:00:00+00:00",
    }  # fmt: skip
    found = terms.read(notices.CONDITIONS | more)
    assert (found.base, terms.data_of(found) | more) == ("la somma pagata: spese comuni 2025/26", terms.data_of(found))


def test_an_older_version_is_read_and_written_as_it_was() -> None:
    old = notices.CONDITIONS | {"procedure_days": 30, "observation_days": 10}
    assert fingerprints.of_data(terms.data_of(terms.read(old))) == fingerprints.of_data(json.loads(json.dumps(old)))


@pytest.mark.parametrize("base", [{"of": "due"}, {"of": "due", "item": "rent", "season": "l'anno scorso"}, ["due"]])
def test_a_base_that_is_not_one_is_refused(base: object) -> None:
    with pytest.raises(RuleError) as found:
        terms.read(notices.CONDITIONS | {"base": base})
    assert found.value.place == "base"


def test_a_call_for_some_quarters_reaches_those_only() -> None:
    found = terms.read(notices.CONDITIONS | {"territory": ["San Siro"]})
    assert (found.reaches("San Siro"), found.reaches("Corvetto"), TERMS.reaches("Corvetto")) == (True, False, True)
