"""What is not a rule is refused with its place; what could not be worked out safely is never published."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cortile.benefits import catalogue
from cortile.benefits.rules import checking, deciding, fingerprints, reading, writing
from cortile.benefits.rules.reading import RuleError

pytestmark = pytest.mark.pure
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> dict[str, Any]:
    """Return the data of the seed rule with something changed."""
    data = copy.deepcopy(writing.data_of(catalogue.rule("energy")))
    change(data)
    return data


def ask(data: dict[str, Any], test: object) -> None:
    """Give the first requirement another test."""
    data["requirements"][0]["test"] = test


def months_and_cents(data: dict[str, Any]) -> None:
    """Compare months with money."""
    data["inputs"].append({"name": "months", "kind": "count", "label": "mesi", "source": "contratto", "most": 9})
    ask(data, {"at_least": [{"input": "months"}, {"parameter": "cap"}]})


NOT_A_RULE: dict[str, tuple[Change, str]] = {
    "no award": (lambda d: d.pop("award"), "award"),
    "a word of Python": (lambda d: ask(d, {"eval": "__import__('os')"}), "requirements/0/test"),
    "two words in a node": (lambda d: ask(d, {"holds": "band", "not": {}}), "requirements/0/test"),
    "a text for a number": (lambda d: d.update(award={"amount": "600"}), "award/amount"),
    "yes for a number": (lambda d: d.update(award={"amount": True}), "award/amount"),
    "a fraction": (lambda d: d.update(award={"amount": 0.5}), "award/amount"),
    "below nought": (lambda d: d.update(award={"amount": -1}), "award/amount"),
    "a share without a rounding": (lambda d: d["award"]["least"][1]["share"].pop("rounding"), "award/least/1/share/rounding"),
    "a strange entry": (lambda d: d["inputs"][0].update(colour="red"), "inputs/0"),
    "a requirement without a citation": (lambda d: d["requirements"][1].update(citation=" "), "requirements/1/citation"),
    "a requirement without a cure": (lambda d: d["requirements"][1].update(cure=""), "requirements/1/cure"),
    "no requirement": (lambda d: d.update(requirements=[]), "requirements"),
    "nine requirements": (lambda d: d.update(requirements=d["requirements"] * 2), "requirements"),
    "a day that is none": (lambda d: d["parameters"][0]["values"][0].update(since="31/1"), "parameters/0/values/0/since"),
    "a parameter without a value": (lambda d: d["parameters"][0].update(values=[]), "parameters/0/values"),
    "nothing at all": (lambda d: d.clear(), "requirements"),
}  # fmt: skip

NOT_SOUND: dict[str, tuple[Change, str]] = {
    "an input nobody declared": (lambda d: ask(d, {"holds": "colour"}), "requirements/band"),
    "an option nobody declared": (lambda d: ask(d, {"one_of": ["band", ["azzurra"]]}), "requirements/band"),
    "a sum compared with months": (months_and_cents, "requirements/band"),
    "a code compared": (lambda d: ask(d, {"at_least": [{"input": "band"}, {"amount": 1}]}), "requirements/band"),
    "a share by cents": (lambda d: d["award"]["least"][1]["share"].update(rate={"parameter": "cap"}), "award"),
    "a sum nobody bounded": (lambda d: d["inputs"][1].update(most=0), "inputs/isee/most"),
    "the same key twice": (lambda d: d["requirements"][1].update(key="band"), "requirements"),
    "cents that leave 64 bits": (lambda d: d["inputs"][2].update(most=10**15), "award"),
    "an award that is no money": (lambda d: d.update(award={"parameter": "share"}), "award"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_A_RULE)
def test_what_is_no_rule_is_refused_with_its_place(name: str) -> None:
    change, place = NOT_A_RULE[name]
    with pytest.raises(RuleError) as refused:
        reading.read(changed(change))
    assert refused.value.place == place


@pytest.mark.parametrize("name", NOT_SOUND)
def test_what_cannot_be_worked_out_is_not_published(name: str) -> None:
    change, place = NOT_SOUND[name]
    with pytest.raises(RuleError) as refused:
        checking.check(reading.read(changed(change)))
    assert refused.value.place == place


def test_a_node_too_deep_is_refused_before_it_is_walked() -> None:
    deep: dict[str, Any] = {"holds": "solidarity_granted"}
    for _ in range(100):
        deep = {"not": deep}
    with pytest.raises(RuleError, match="non troppi altri dentro"):
        reading.read(changed(lambda d: ask(d, deep)))


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_a_rule_written_and_read_again_is_the_same(name: str) -> None:
    assert reading.read(writing.data_of(catalogue.rule(name))) == catalogue.rule(name)


def test_a_parameter_follows_the_day() -> None:
    data = changed(lambda d: d["parameters"][3]["values"].append({"since": "2027-01-01", "value": 70000}))
    rule = reading.read(data)
    assert [deciding.figures_on(rule, date(year, 6, 1))["cap"] for year in (2026, 2027)] == [60000, 70000]


def test_before_its_first_day_nothing_is_decided() -> None:
    with pytest.raises(deciding.FactError, match="nessun valore al 31/12/2025"):
        deciding.figures_on(catalogue.rule("energy"), date(2025, 12, 31))


def test_the_fingerprint_is_of_everything_that_decided() -> None:
    facts = {"isee": {"value": 12_000_00, "source": "attestazione", "on": "2026-03-01"}}
    same = fingerprints.fingerprint("v1", {"cap": 60000, "share": 5000}, facts)
    assert same == fingerprints.fingerprint("v1", {"share": 5000, "cap": 60000}, facts)
    assert same != fingerprints.fingerprint("v1", {"cap": 60001, "share": 5000}, facts)
