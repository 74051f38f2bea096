"""Decisions of a call worked out again: a signed difference each, and the proposals that follow, for two people to sign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.benefits import examining, reads
from cortile.benefits.actions import corrections
from cortile.benefits.reevaluating import total
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, text


class Again(Form):
    """Which call, by which text, and why."""

    call = forms.ChoiceField(label=_("Quale avviso"))
    version = forms.ChoiceField(
        label=_("Con quale regola"), required=False,
        help_text=_("Con la stessa, se un dato è stato corretto. Con un'altra, se l'avviso è cambiato."),
    )  # fmt: skip
    reason = text(_("Il motivo"), hint=_("Lo legge ogni persona a cui cambia il conto."), rows=2, required=False)

    def __init__(self, *args: Any, calls: list[Any], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.versions = {v.pk: v for call in calls for v in call.versions.all() if v.published_at}
        self.offer("call", [(call.pk, call.code) for call in calls])
        same = [("", _("La stessa, con i dati di oggi"))]
        self.offer("version", [*same, *((pk, f"{v.call.code}, {v.number}") for pk, v in self.versions.items())])


@opens("examine applications", methods="GET POST", sample="/scrivania/contributi/ricalcolo/")
def recompute(request: HttpRequest) -> HttpResponse:
    """Show what would change, in cents with their sign; propose it where somebody asks to."""
    by = current()
    sent = request.POST if request.method == "POST" else request.GET if "call" in request.GET else None
    form = Again(sent, calls=reads.calls(by=by))
    rows: list[Any] = []
    if form.is_bound and form.is_valid():
        version = form.versions.get(int(form.words["version"] or 0))
        with refusals_on(form):
            found = examining.decided_of(int(form.words["call"]), by=by)
            rows = corrections.differences(found, version)
            if request.method == "POST":
                numbers = [row.decision.pk for row in rows]
                corrections.correct_decisions(
                    numbers, by=by, reason=form.words["reason"], version=version, once=request.POST.get("once", "")
                )
                return redirect("workspace:signatures")
    shown = {
        "tab": "applications", "form": form, "rows": [r for r in rows if r.cents or not r.settled], "tried": len(rows),
        "total": total(rows),
    }  # fmt: skip
    return render(request, "workspace/examining/recompute.html", shown, status=form.status if request.method == "POST" else 200)
