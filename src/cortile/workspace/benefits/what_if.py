"""«E se…»: thresholds, share, cap and money slid on the real population. Aggregates only; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cortile.benefits import drafting, reads, trying
from cortile.benefits.rules import sentences
from cortile.benefits.rules.nodes import Dated, Kind, Parameter
from cortile.benefits.trying import Text
from cortile.kit import money
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form
from cortile.workspace.benefits import fields, trials

# A slider goes to twice its figure; a share to the whole. Steps of ten euros where the figure is large, else of one.
WHOLE, LARGE = 10_000, 100_000


class Slider(NamedTuple):
    """A figure to slide, and to type: both work without a script, and the one that was moved counts."""

    name: str
    label: str
    typed: str
    after: str
    slid: str
    most: str
    step: str
    error: str


@opens("draft call", sample="/scrivania/contributi/prova/1/")
def what_if(request: HttpRequest, version_id: int) -> HttpResponse:
    """Try a version with other figures, beside the one in force."""
    by, form = current(), Form({} if request.GET else None)
    version = reads.one_version(version_id, by=by)
    text = trying.text_of(version)
    typed = _figures(text) | {
        k: v for k, v in fields.moved(fields.typed_in(request.GET)).items() if k[:2] == "p-" or k == "envelope"
    }
    tried, wrong = _with(text, typed)
    form.refuse_all(wrong)
    in_force = reads.in_force(version.call_id, by.agency_id or 0) or version
    trial = None if wrong else _trial(tried, trying.text_of(in_force), by)
    shown = {"tab": "calls", "version": version, "form": form, "sliders": _sliders(text, typed, wrong), "trial": trial}
    return render(request, "workspace/benefits/what_if.html", shown, status=form.status)


def _trial(tried: Text, in_force: Text, by: Actor) -> trials.Shown:
    return trials.shown(trying.tried(tried, in_force, by=by))


def _figures(text: Text) -> dict[str, str]:
    said = {f"p-{p.name}": drafting.figure_typed(p.kind, p.values[-1].value) for p in text.rule.parameters}
    return said | {"envelope": money.figures(text.terms.envelope_cents)}


def _with(text: Text, typed: Mapping[str, str]) -> tuple[Text, dict[str, str]]:
    """Return the text with the figures typed, and what is wrong with them."""
    wrong: dict[str, str] = {}
    parameters = tuple(_parameter(p, typed[f"p-{p.name}"], wrong) for p in text.rule.parameters)
    envelope = text.terms.envelope_cents
    try:
        envelope = drafting.figure_read(Kind.CENTS, typed["envelope"])
    except ValueError:
        wrong["envelope"] = _("Scrivi quanti euro ci sono.")
    return Text(replace(text.rule, parameters=parameters), replace(text.terms, envelope_cents=envelope)), wrong


def _parameter(found: Parameter, typed: str, wrong: dict[str, str]) -> Parameter:
    try:
        value = drafting.figure_read(found.kind, typed)
    except ValueError:
        wrong[f"p-{found.name}"] = _("%(what)s: scrivi un numero.") % {"what": found.label}
        return found
    return replace(found, values=(*found.values[:-1], Dated(found.values[-1].since, value)))


def _sliders(text: Text, typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Slider]:
    units = {Kind.CENTS: "euro", Kind.BASIS_POINTS: "%"}
    asked = [
        _Asked(f"p-{p.name}", p.label, p.kind, p.values[-1].value, units.get(p.kind) or sentences.unit_of(text.rule, p.name))
        for p in text.rule.parameters
    ]
    money_of = _Asked("envelope", _("Fondi"), Kind.CENTS, text.terms.envelope_cents, "euro")
    return [_slider(found, typed[found.name], wrong.get(found.name, "")) for found in (*asked, money_of)]


class _Asked(NamedTuple):
    """A figure as the version has it."""

    name: str
    label: str
    kind: Kind
    value: int
    after: str


def _slider(found: _Asked, typed: str, error: str) -> Slider:
    try:
        now = drafting.figure_read(found.kind, typed)
    except ValueError:
        now = found.value
    unit = 100 if found.kind in {Kind.CENTS, Kind.BASIS_POINTS} else 1
    most = WHOLE if found.kind == Kind.BASIS_POINTS else max(2 * found.value, 2 * now, unit)
    step = 10 if found.kind == Kind.CENTS and found.value > LARGE else 1
    return Slider(found.name, found.label, typed, found.after, str(now // unit), str(-(-most // unit)), str(step), error)
