"""Calls and their versions: what each says in plain sentences, who proposed it, and the second signature."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.benefits import actions, reads, words
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on

ACTS = {"propose": actions.propose_call, "publish": actions.publish_call}


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
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        with refusals_on(form):
            act(version_id, by=by)
            return redirect("workspace:call_version", version_id)
    terms = found.terms
    shown = {
        "tab": "calls", "version": found, "terms": terms, "sentences": reads.said(found), "form": form,
        "state": words.STATES[found.state], "strategy": words.STRATEGIES[terms.strategy], "last": words.LASTS[terms.last],
        "unconfirmed": [*terms.unconfirmed, *(p.label for p in found.rule.parameters if p.unconfirmed)],
    }  # fmt: skip
    return render(request, "workspace/benefits/version.html", shown, status=form.status)
