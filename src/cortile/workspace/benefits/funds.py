"""Envelopes: what stands in each, the line before it by number, and the list that may be published."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies import reads as agencies
from cortile.benefits import actions, funds, words
from cortile.kit import charts
from cortile.kit.actor import Actor, current
from cortile.kit.charts import Part
from cortile.kit.dates import euro
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.workspace.benefits.fund_forms import Added, Opened, Voided


@opens("see calls", methods="GET POST", sample="/scrivania/contributi/fondi/")
def envelopes(request: HttpRequest) -> HttpResponse:
    """Show what stands in every envelope of the body; open one for a call that has none."""
    by, form = current(), Opened(request.POST if request.method == "POST" else None)
    calls = {call.pk: call for call in funds.without_envelope(by=by)}
    form.offer("call", [(pk, call.code) for pk, call in calls.items()])
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = form.words | {"call": calls[int(form.words["call"])]}
            made = actions.open_envelope(agencies.agency_by_id(by.agency_id or 0), by=by, **told)
            return redirect("workspace:envelope", made.pk)
    pots = [_drawn(pot) for pot in funds.envelopes(by=by)]
    shown = {"tab": "calls", "pots": pots, "form": form, "calls": calls}
    return render(request, "workspace/benefits/envelopes.html", shown, status=form.status)


def _drawn(pot: funds.Pot) -> dict[str, object]:
    """Return an envelope with its bar and what each colour is."""
    parts = [Part(label, cents, euro(cents)) for _, label, cents in pot.parts]
    return {"pot": pot, "bar": charts.whole(parts, pot.envelope.code), "legend": charts.legend(parts)}


@opens("see calls", methods="GET POST", sample="/scrivania/contributi/fondi/1/")
def envelope(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Show one envelope: its movements, its line by number; add money, draw the list or make it void."""
    by = current()
    pot = funds.envelope(envelope_id, by=by)
    added, voided = Added(), Voided()
    if request.method == "POST":
        act = request.POST.get("act", "")
        form: Form = Added(request.POST) if act == "add" else Voided(request.POST) if act == "void" else Form({})
        if act not in {"add", "draw", "void"}:
            raise Http404
        if form.is_valid():
            with refusals_on(form):
                _do(act, pot, form, by)
                return redirect("workspace:envelope", envelope_id)
        added, voided = (form if isinstance(form, Added) else added), (form if isinstance(form, Voided) else voided)
    else:
        form = Form()
    queue = funds.queue(pot, by=by, first=_first(request))
    shown = {
        "tab": "calls", **_drawn(pot), "entries": funds.entries(pot), "queue": queue, "form": form, "added": added,
        "voided": voided, "next": _first(request) + funds.SHOWN, "labels": words.MOVE_LABELS,
    }  # fmt: skip
    return render(request, "workspace/benefits/envelope.html", shown, status=form.status)


def _do(act: str, pot: funds.Pot, form: Form, by: Actor) -> None:
    """Do what a button of the page says."""
    if act == "add":
        actions.allocate(pot.envelope, by=by, **form.words)
    elif act == "draw":
        actions.draw_list(pot.envelope.call_id or 0, by=by)
    else:
        drawn = funds.drawn_list(pot)
        actions.void_list(drawn.pk if drawn else 0, by=by, **form.words)


def _first(request: HttpRequest) -> int:
    asked = request.GET.get("da", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else 0  # noqa: PLR2004 -- no line is that long


@opens("see calls", sample="/scrivania/contributi/fondi/1/lista/")
def drawn_list(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Show the whole list of a call by number only, to be printed and published."""
    pot = funds.envelope(envelope_id, by=current())
    found = funds.drawn_list(pot)
    shown: dict[str, object] = {"tab": "calls", "pot": pot, "list": found}
    if found is not None:
        shown |= {"order": words.ORDERS[found.strategy], "last": words.LASTS[found.last]}
    return render(request, "workspace/benefits/drawn_list.html", shown)
