"""Agreements with partners: until when, and which data of a person each may be given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.directory import actions, stages
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, ManyChips, day, refusals_on
from cortile.network import reads, words
from cortile.network.rules.days import ends_soon


class AgreementForm(Form):
    """A new agreement."""

    organization = forms.ChoiceField(label=_("Con chi"))
    title = forms.CharField(label=_("Di che cosa si tratta"), max_length=160)
    shared = forms.MultipleChoiceField(
        label=_("Quali dati può ricevere"), widget=ManyChips, required=False,
        help_text=_("Solo questi, e solo con una ragione ogni volta."),
        choices=[(key, words.SHAREABLE_LABELS.get(key, key)) for key in stages.SHAREABLE],
    )  # fmt: skip
    starts_on = day(_("Dal"))
    ends_on = day(_("Al"))


@opens("sign agreements", methods="GET POST", sample="/scrivania/rete/accordi/")
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements of one's own body; write one, or end one."""
    by, act, number = current(), request.POST.get("act", ""), request.POST.get("number", "")
    new = AgreementForm(request.POST if act == "sign" else None)
    new.offer("organization", [(pk, name) for pk, name in reads.partners(by=by)])
    end = Form({} if act == "end" else None)
    form: Form = end if act == "end" else new
    if request.method == "POST":
        if act not in {"sign", "end"}:
            raise Http404
        if form.is_valid():
            with refusals_on(form):
                _do(act, number, form.words | {"reason": request.POST.get("reason", "")[:300]}, by)
                return redirect("workspace:agreements")
    shown = {"tab": "network", "new": new, "end": end, "rows": _rows(by, number)}
    return render(request, "workspace/network/agreements.html", shown, status=form.status)


def _do(act: str, number: str, told: dict[str, Any], by: Actor) -> None:
    if act == "end":
        actions.end_agreement(int(number) if number.isdigit() else 0, by=by, reason=told["reason"])
    else:
        del told["reason"]
        told["fields"] = told.pop("shared")
        actions.sign_agreement(int(told.pop("organization")), by=by, **told)


def _rows(by: Actor, number: str) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "row": row, "over": row.ended_at is not None or row.ends_on < today, "soon": ends_soon(row.ends_on, today),
            "shared": [words.SHAREABLE_LABELS.get(key, key) for key in row.fields], "asked": str(row.pk) == number,
        }
        for row in reads.agreements(by=by)
    ]  # fmt: skip
