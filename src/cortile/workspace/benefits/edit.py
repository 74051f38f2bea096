"""Writing a call: from an older one or from the catalogue, in sentences, counted on everybody before it is kept."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.benefits import actions, catalogue, differing, drafting, reads, terms, trying, words
from cortile.benefits.drafting_terms import typed_terms
from cortile.benefits.rules import writing
from cortile.benefits.rules.nodes import Rule
from cortile.homes import reads as homes
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Cards, Form, refusals_on, sent
from cortile.kit.refusals import NotVisible
from cortile.workspace.benefits import fields, trials

# What a call from the catalogue begins with, to be changed: open for two months from tomorrow, without money yet.
OPEN_FOR = timedelta(days=60)


class Begin(Form):
    """The number of a call, and what it is written from."""

    code = forms.CharField(label=_("Numero dell'avviso"), max_length=40, help_text=_("Per esempio 2026/3."))
    source = forms.ChoiceField(label=_("Parti da"), widget=Cards)


@opens("draft call", methods="GET POST", sample="/scrivania/contributi/avvisi/nuovo/")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a call: a copy of one that is there, or a rule of the catalogue."""
    by, form = current(), Begin(sent(request)[0])
    versions = {f"v{v.pk}": v for call in reads.calls(by=by) for v in call.versions.all()}
    copies = [(key, f"{v.call.code}, {_('versione')} {v.number}: {v.terms.texts['title']}") for key, v in versions.items()]
    form.offer("source", [*((name, words.PROGRAMMES[name]) for name in catalogue.NAMES), *copies])
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = _begun(form.cleaned_data["code"], form.cleaned_data["source"], versions, by)
            return redirect("workspace:call_edit", made.pk)
    return render(request, "workspace/benefits/begin.html", {"tab": "calls", "form": form}, status=form.status)


def _begun(code: str, source: str, versions: dict[str, Any], by: Actor) -> Any:  # noqa: ANN401 -- doors import no models
    copied = versions.get(source)
    if copied is not None:
        programme, rule, conditions = copied.call.programme, copied.rule_data, dict(copied.terms_data)
        conditions.pop("takes_effect", None)
    else:
        programme, rule, conditions = source, writing.data_of(catalogue.rule(source)), _usual(source)
    return actions.draft_call(
        agencies.agency_by_id(by.agency_id or 0), by=by, code=code, programme=programme, rule=rule, conditions=conditions
    )


def _usual(programme: str) -> dict[str, Any]:
    opens_on = clock.today() + timedelta(days=1)
    return {
        "texts": {
            "title": str(words.PROGRAMMES[programme]), "purpose": "Aiuta a pagare le spese della casa.",
            "paid_how": "Lo togliamo dalla bolletta.",
        },
        "opens_at": clock.at(opens_on, time(9)).isoformat(), "closes_at": clock.at(opens_on + OPEN_FOR, time(12)).isoformat(),
        "envelope_cents": 0, "strategy": "priority", "last": "whole_only", "preliminary_notice": True,
        "base": "", "documents": [], "unconfirmed": [],
    }  # fmt: skip


@opens("draft call", methods="GET POST", sample="/scrivania/contributi/avvisi/1/modifica/")
def edit(request: HttpRequest, version_id: int) -> HttpResponse:
    """Edit a version in sentences; «Conta adesso» tries what is typed on everybody and keeps nothing of it."""
    by, form = current(), Form({} if request.method == "POST" else None)
    version = reads.one_version(version_id, by=by)
    every = drafting.pool(version.rule, _catalogued(version.call.programme))
    typed = fields.typed_in(request.POST) if request.method == "POST" else _at_first(version, every, request)
    written, trial = drafting.Written(), None
    if request.method == "POST":
        written = drafting.written(every, typed)
        form.refuse_all(written.wrong)
        if written.sound and written.rule and written.terms:
            if request.POST.get("act") == "count":
                trial = _tried(version, written.rule, written.terms, by)
            else:
                with refusals_on(form):
                    return redirect("workspace:call_version", _kept(version, written.rule, written.terms, by))
    sheet = drafting.sheet(every, typed)
    shown = {
        "tab": "calls", "version": version, "form": form, "rows": fields.rows(sheet, written.wrong),
        "award": fields.parts(sheet.award, written.wrong), "rest": fields.slots(sheet.rest, written.wrong),
        "new": fields.new_one(every, typed, written.wrong), "trial": trials.shown(trial) if trial else None,
        "terms": fields.of_terms(typed, written.wrong, [place.name for place in homes.neighbourhoods(by.agency_id or 0)]),
    }  # fmt: skip
    return render(request, "workspace/benefits/edit.html", shown, status=form.status)


def _catalogued(programme: str) -> Rule | None:
    return catalogue.rule(programme) if programme in catalogue.NAMES else None


def _at_first(version: Any, every: Rule, request: HttpRequest) -> dict[str, str]:  # noqa: ANN401 -- as above
    """Return a version as it stands, with the figures that were being tried, if somebody comes from there."""
    figures = {
        name: value for name, value in fields.moved(fields.typed_in(request.GET)).items() if name[:2] == "p-" or name == "envelope"
    }
    return drafting.typed_of(version.rule, every) | typed_terms(version.terms) | figures


def _tried(version: Any, rule: Rule, conditions: terms.Terms, by: Actor) -> trying.Trial:  # noqa: ANN401 -- as above
    in_force = reads.in_force(version.call_id, by.agency_id or 0)
    return trying.tried(trying.Text(rule, conditions), trying.text_of(in_force) if in_force else None, by=by)


def _kept(version: Any, rule: Rule, conditions: terms.Terms, by: Actor) -> int:  # noqa: ANN401 -- as above
    """Keep what was written: over the draft it was, or as the next version of one that is published."""
    data, said = writing.data_of(rule), terms.data_of(conditions)
    if version.state != "published":
        return int(actions.redraft_call(version.pk, by=by, rule=data, conditions=said).pk)
    call = version.call
    made = actions.draft_call(call.agency, by=by, code=call.code, programme=call.programme, rule=data, conditions=said)
    return int(made.pk)


@opens("see calls", sample="/scrivania/contributi/avvisi/1/confronta/1/")
def compare(request: HttpRequest, version_id: int, other_id: int) -> HttpResponse:
    """Say what changes from one version to another, in sentences, and for whoever writes calls also for how many."""
    by = current()
    old, new = reads.one_version(version_id, by=by), reads.one_version(other_id, by=by)
    said = differing.differences(differing.Said(old.rule, old.terms), differing.Said(new.rule, new.terms))
    try:
        trial = trials.shown(trying.tried(trying.text_of(new), trying.text_of(old), by=by))
    except NotVisible:
        # Whoever signs without writing reads the sentences: the facts of tenants are not theirs to read.
        trial = None
    shown = {"tab": "calls", "old": old, "new": new, "differences": said, "trial": trial}
    return render(request, "workspace/benefits/compare.html", shown)
