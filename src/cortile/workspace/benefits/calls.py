"""Calls and their versions: what each says in plain sentences, who proposed it, and the second signature."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.benefits import actions, reads, words
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.workspace.benefits import trials
from cortile.workspace.benefits.pictures import pictures

ACTS = {"propose": actions.propose_call, "publish": actions.publish_call, "again": actions.draft_again}


@opens("see calls", sample="/scrivania/contributi/avvisi/")
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls of the body."""
    return render(
        request, "workspace/benefits/calls.html", {"tab": "calls", "calls": reads.calls(by=current()), "states": words.STATES}
    )


@opens("see calls", methods="GET POST", sample="/scrivania/contributi/avvisi/1/")
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show one version as people read it; propose it, or publish what somebody else proposed."""
    by, form = current(), Form({} if request.method == "POST" else None)
    found = reads.one_version(version_id, by=by)
    if request.POST.get("act") == "look":
        return _look(request, found, form, by)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        with refusals_on(form):
            return redirect("workspace:call_version", act(version_id, by=by).pk)
    return _page(request, found, form, by)


def _look(request: HttpRequest, found: Any, form: Form, by: Actor) -> HttpResponse:  # noqa: ANN401 -- doors import no models
    """Run the search of who could ask and did not, and say how many names it wrote: never which."""
    with refusals_on(form):
        looked = actions.look_for_unclaimed(found.call_id, by=by, purpose=request.POST.get("motivo", ""))
        return _page(request, found, form, by, looked={"made": trials.few(looked.made), "kept_out": trials.few(looked.kept_out)})
    return _page(request, found, form, by)


def _page(request: HttpRequest, found: Any, form: Form, by: Actor, **more: object) -> HttpResponse:  # noqa: ANN401 -- as above
    terms, used = found.terms, reads.used_by(found.call_id, by=by)
    shown = {
        "tab": "calls", "version": found, "terms": terms, "sentences": reads.said(found), "form": form,
        "state": words.STATES[found.state], "strategy": words.STRATEGIES[terms.strategy], "last": words.LASTS[terms.last],
        "order": words.ORDERS[terms.strategy],
        **pictures(found.call_id, by),
        "unconfirmed": [*terms.unconfirmed, *(p.label for p in found.rule.parameters if p.unconfirmed)],
        "used": used.get(found.pk, 0), "open": any(v.pk == found.pk for v in reads.open_now(by.agency_id or 0)),
        "others": [v for call in reads.calls(by=by) if call.pk == found.call_id for v in call.versions.all() if v.pk != found.pk],
        "why": request.POST.get("motivo", ""), "excludes": [words.PROGRAMMES.get(name, name) for name in terms.excludes],
    }  # fmt: skip
    return render(request, "workspace/benefits/version.html", shown | more, status=form.status)
