"""The queue of applications, oldest legal clock first, and the proposals that wait for a second signature."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cortile.benefits import examining, reads, words
from cortile.kit.actor import current
from cortile.kit.doors import opens

# The word of the address, and the state it keeps.
FILTERS = {
    "": ("", _("Tutte")), "da-esaminare": ("submitted", _("Da esaminare")), "documenti": ("documents", _("Aspettiamo documenti")),
    "avvisate": ("notice", _("Avvisate prima del no")), "nuovo-esame": ("decided", _("Nuovo esame")),
}  # fmt: skip


@opens("examine applications", sample="/scrivania/contributi/domande/")
def queue(request: HttpRequest) -> HttpResponse:
    """List the applications to examine."""
    by, wanted, call = current(), request.GET.get("stato", ""), request.GET.get("avviso", "")
    state = FILTERS.get(wanted, FILTERS[""])[0]
    rows = examining.queue(by=by, state=state, call=int(call) if call.isdecimal() else 0)
    if state == "decided":
        rows = [row for row in rows if row.in_review]
    shown = {
        "tab": "applications", "rows": rows, "filters": {name: label for name, (_state, label) in FILTERS.items()},
        "wanted": wanted, "call": call, "calls": reads.published(by.agency_id or 0), "says": words.RULE_SAYS,
        "done": request.GET.get("fatto", ""),
    }  # fmt: skip
    return render(request, "workspace/examining/queue.html", shown)


@opens("examine applications", sample="/scrivania/contributi/firme/")
def signatures(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait for somebody else's signature; one's own are there, and say so."""
    by = current()
    found = examining.to_sign(by=by)
    rows = [(proposal, by.id not in {proposal.proposed_by_id, proposal.helped_by_id}) for proposal in found]
    shown = {"tab": "applications", "rows": rows, "kinds": words.KIND_LABELS, "outcomes": words.STATE_LABELS}
    return render(request, "workspace/examining/signatures.html", shown)
