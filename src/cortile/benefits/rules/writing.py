"""A rule as JSON data: what a version stores, compares and is fingerprinted by."""

from __future__ import annotations

from typing import Any

from cortile.benefits.rules.nodes import (
    Amount,
    Compare,
    Every,
    Fact,
    Figure,
    Holds,
    Input,
    Least,
    LeftOver,
    Node,
    Not,
    OneOf,
    Parameter,
    Requirement,
    Rule,
    Share,
    Sum,
)  # fmt: skip


def data_of(rule: Rule) -> dict[str, Any]:
    """Return a rule as ``reading.read`` takes it."""
    return {
        "inputs": [_input(found) for found in rule.inputs],
        "parameters": [_parameter(found) for found in rule.parameters],
        "requirements": [_requirement(found) for found in rule.requirements],
        "award": node_data(rule.award),
    }


def _input(found: Input) -> dict[str, Any]:
    return {
        "name": found.name, "kind": str(found.kind), "label": found.label, "source": found.source, "most": found.most,
        "unit": found.unit, "options": list(found.options), "months": found.months,
    }  # fmt: skip


def _parameter(found: Parameter) -> dict[str, Any]:
    return {
        "name": found.name, "kind": str(found.kind), "label": found.label, "citation": found.citation,
        "values": [{"since": dated.since.isoformat(), "value": dated.value} for dated in found.values],
        "unconfirmed": found.unconfirmed,
    }  # fmt: skip


def _requirement(found: Requirement) -> dict[str, Any]:
    data = {
        "key": found.key, "test": node_data(found.test), "label": found.label, "citation": found.citation, "cure": found.cure,
        "next_programme": found.next_programme,
    }  # fmt: skip
    return data if found.doubt is None else data | {"doubt": node_data(found.doubt)}


def node_data(node: Node) -> dict[str, Any]:
    """Return one node as data."""
    if isinstance(node, Fact | Figure):
        return {"input" if isinstance(node, Fact) else "parameter": node.name}
    if isinstance(node, Amount):
        return {"amount": node.value}
    if isinstance(node, Least | Sum):
        return {"least" if isinstance(node, Least) else "sum": [node_data(of) for of in node.of]}
    if isinstance(node, LeftOver):
        return {"left_over": [node_data(node.of), node_data(node.less)]}
    if isinstance(node, Share):
        return {"share": {"of": node_data(node.of), "rate": node_data(node.rate), "rounding": str(node.rounding)}}
    return _test(node)


def _test(node: Node) -> dict[str, Any]:
    if isinstance(node, Compare):
        return {str(node.order): [node_data(node.left), node_data(node.right)]}
    if isinstance(node, OneOf):
        return {"one_of": [node.name, list(node.options)]}
    if isinstance(node, Holds):
        return {"holds": node.name}
    if isinstance(node, Not):
        return {"not": node_data(node.test)}
    return {"every" if isinstance(node, Every) else "some": [node_data(test) for test in node.tests]}  # type: ignore[union-attr]  # what is left
