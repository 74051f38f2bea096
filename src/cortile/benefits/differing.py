"""What changes from one version to another, in sentences: old beside new. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cortile.benefits.rules import deciding, sentences
from cortile.benefits.rules.deciding import FactError
from cortile.benefits.rules.nodes import Requirement, Rule, figures_of
from cortile.benefits.terms import Terms
from cortile.benefits.words import LASTS, STRATEGIES, TERMS
from cortile.kit import clock, dates


class Difference(NamedTuple):
    """Something that is not the same: what it is, and how each version says it. Empty: it is not there."""

    what: str
    old: str
    new: str


class Said(NamedTuple):
    """A version to compare."""

    rule: Rule
    terms: Terms

    @property
    def opens_on(self) -> date:
        """Return the day whose figures a version is read with."""
        return clock.local(self.terms.opens_at).date()


def differences(old: Said, new: Said) -> list[Difference]:
    """Return what changes, requirements first, then the sum, what is still to confirm, and the terms in their order."""
    return [found for found in (*_of_rules(old, new), *_of_terms(old.terms, new.terms)) if found.old != found.new]


def _of_rules(old: Said, new: Said) -> Iterator[Difference]:
    was, now = _requirements(old), _requirements(new)
    for key in dict.fromkeys((*was, *now)):
        yield Difference(str(TERMS["requirement"]), was.get(key, ("", "", ""))[0], now.get(key, ("", "", ""))[0])
        if key in was and key in now:
            yield Difference(str(TERMS["citation"]), was[key][1], now[key][1])
            yield Difference(str(TERMS["cure"]), was[key][2], now[key][2])
    yield Difference(str(TERMS["award"]), _award(old), _award(new))
    yield Difference(
        str(TERMS["to_confirm"]), *("; ".join(p.label for p in v.rule.parameters if p.unconfirmed) for v in (old, new))
    )


def _requirements(version: Said) -> dict[str, tuple[str, str, str]]:
    figures = _figures(version)
    return {r.key: (_label(r, version.rule, figures), r.citation, r.cure) for r in version.rule.requirements}


def _label(found: Requirement, rule: Rule, figures: dict[str, int] | None) -> str:
    """Say a requirement with what decides the cases the texts leave open: two versions may differ there alone."""
    if figures is None:
        return found.label
    told = sentences.label(found, rule, figures)
    hidden = [p for p in rule.parameters if found.doubt and p.name in figures_of(found.doubt)]
    return " ".join([told, *(f"({p.label}: {sentences.said(p.kind, figures[p.name])})" for p in hidden)])


def _award(version: Said) -> str:
    figures = _figures(version)
    return sentences.award_pattern(version.rule) if figures is None else sentences.award_said(version.rule, figures)


def _figures(version: Said) -> dict[str, int] | None:
    try:
        return deciding.figures_on(version.rule, version.opens_on)
    except FactError:
        return None


def _of_terms(old: Terms, new: Terms) -> Iterator[Difference]:
    was, now = terms_said(old), terms_said(new)
    yield from (Difference(str(TERMS[name]), was[name], now[name]) for name in was)


def terms_said(found: Terms) -> dict[str, str]:
    """Say each term in a line."""
    said = {name: found.texts.get(name, "") for name in ("title", "purpose", "paid_how")}
    instants = {name: getattr(found, name) for name in ("opens_at", "closes_at", "takes_effect")}
    said |= {name: dates.moment(at, "it") if at else "" for name, at in instants.items()}
    said |= {"envelope": sentences.euros(found.envelope_cents), "base": found.base}
    said |= {"strategy": str(STRATEGIES[found.strategy]), "last": str(LASTS[found.last])}
    said |= {name: ", ".join(getattr(found, name)) for name in ("territory", "excludes", "documents", "cumulation", "unconfirmed")}
    said |= {"preliminary_notice": "sì" if found.preliminary_notice else "no"}
    return said | {name: f"{getattr(found, name)} giorni" for name in ("procedure_days", "observation_days")}
