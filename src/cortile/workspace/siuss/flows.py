"""The flows of a body: where each stands, and what to mend in those that were stopped or refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.benefits import actions, transmissions, words
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on

SEXES = [("2", _("Donna")), ("1", _("Uomo")), ("", _("Non so"))]


def _short(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- lazy strings
    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=40, widget=widget)


class MendForm(Form):
    """What a flow says, to be mended: only what is written otherwise is a correction."""

    fiscal_code = _short(_("Codice fiscale"))
    family_name = _short(_("Cognome"))
    given_name = _short(_("Nome"))
    birth_year = _short(_("Anno di nascita"))
    sex = forms.ChoiceField(label=_("Sesso"), required=False, widget=Chips, choices=SEXES)
    birthplace = _short(_("Luogo di nascita"), _("Codice Belfiore. Se è vuoto lo legge il codice fiscale."))
    citizenship = _short(_("Cittadinanza"), _("Tre cifre: 380 per l'Italia, 990 se non si sa."))
    municipality = _short(_("Comune dove abita"), _("Sei cifre, codice Istat."))
    region = _short(_("Regione"), _("Due cifre: 10 per la Lombardia, da confermare."))
    application = _short(_("Protocollo della domanda"))
    code = _short(_("Codice della prestazione"))
    isee_protocol = _short(_("Protocollo della DSU"), _("Comincia con INPS-ISEE."))
    isee_day = _short(_("Data della DSU"), _("Anno, mese, giorno: 2026-01-20."))

    def __init__(self, data: QueryDict | None, *, said: dict[str, str]) -> None:
        super().__init__(data, initial={name: said.get(name, "") for name in self.base_fields})


@opens("send to inps", methods="GET POST", sample="/scrivania/contributi/siuss/")
def flows(request: HttpRequest) -> HttpResponse:
    """List what to mend, then where each flow stands; look through the ledger for payments INPS was not told of."""
    by, form = current(), Form({} if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            actions.prepare_due(agencies.agency_by_id(by.agency_id or 0), by=by)
            return redirect("workspace:siuss")
    desk = transmissions.desk(by=by)
    counts = [(label, desk.counts[state]) for state, label in words.FLOW_LABELS.items() if desk.counts.get(state)]
    return render(
        request, "workspace/siuss/flows.html", {"tab": "siuss", "desk": desk, "counts": counts, "form": form}, status=form.status
    )


@opens("send to inps", methods="GET POST", sample="/scrivania/contributi/siuss/1/")
def flow(request: HttpRequest, flow_id: int) -> HttpResponse:
    """Show one flow, why it stands still, and its fields to mend; mended, another is sent in its place."""
    by = current()
    found = transmissions.one(flow_id, by=by)
    form = MendForm(request.POST if request.method == "POST" else None, said=found.said)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            new = actions.correct_and_resend(flow_id, by=by, corrections=form.words)
            return redirect("workspace:siuss_flow", new.pk)
    shown = {"tab": "siuss", "flow": found, "form": form, "may_mend": transmissions.may_mend(found)}
    return render(request, "workspace/siuss/flow.html", shown, status=form.status)
