"""A card written by hand: its organisation, what it is, how to reach it, for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.directory import actions, reads, words
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, text

LONGEST = 160


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:  # noqa: ANN401 -- lazy strings
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST)


class CardForm(Form):
    """What a card says."""

    name = _line(_("Nome del servizio"), required=True)
    description = text(_("Che cosa fa"), required=False, hint=_("Parole semplici, senza nomi di persone."))
    eligibility_description = _line(_("Per chi"))
    minimum_age = forms.IntegerField(label=_("Da quanti anni"), min_value=0, max_value=120, required=False)
    maximum_age = forms.IntegerField(label=_("Fino a quanti anni"), min_value=0, max_value=120, required=False)
    fees_description = _line(_("Quanto costa"), _("Per esempio: gratis."))
    application_process = _line(_("Come si chiede"))
    phone = _line(_("Telefono dell'ufficio"))
    email = forms.EmailField(label=_("Mail dell'ufficio"), required=False)
    url = forms.URLField(label=_("Sito"), required=False, assume_scheme="https")
    keeper_email = forms.EmailField(
        label=_("Mail di chi tiene la scheda"), required=False, help_text=_("Ogni sessanta giorni le chiediamo se è ancora così.")
    )
    # Not «status»: that is the form's own answer.
    now = forms.ChoiceField(label=_("Com'è oggi"), choices=list(words.STATUS_LABELS.items()), initial="active")
    alert = _line(_("Avviso"), _("Per esempio: chiuso ad agosto."))

    @property
    def words(self) -> dict[str, Any]:
        """Return what the act takes: how the service is today is its status."""
        told = dict(self.cleaned_data)
        told["status"] = told.pop("now")
        return told


class NewCardForm(CardForm):
    """A card of an organisation that may be new."""

    organization = _line(_("Ente o associazione"), required=True)
    field_order = ("organization", "name")


@opens("keep directory", methods="GET POST", sample="/scrivania/servizi/nuova/")
def new_card(request: HttpRequest) -> HttpResponse:
    """Write a card: it is a draft until it is published."""
    by, form = current(), NewCardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = form.words
            body = agencies.agency_by_id(by.agency_id or 0)
            firm = reads.organization_named(told.pop("organization"), by=by)
            of = firm.found or actions.save_organization(body, by=by, name=firm.name)
            made = actions.write_service(of, by=by, **told)
            return redirect("workspace:directory_card", made.pk)
    return render(request, "workspace/directory/edit.html", {"tab": "directory", "form": form}, status=form.status)


@opens("keep directory", methods="GET POST", sample="/scrivania/servizi/1/modifica/")
def edit_card(request: HttpRequest, service_id: int) -> HttpResponse:
    """Correct a card of one's own body."""
    by = current()
    found = reads.card_to_edit(service_id, by=by)
    told = {name: getattr(found, name, "") for name in CardForm.base_fields}
    told["now"] = found.status
    told["phone"] = next((p.number for p in found.phones.all()), "")
    form = CardForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_service(found.organization, by=by, service_id=service_id, **form.words)
            return redirect("workspace:directory_card", service_id)
    return render(
        request, "workspace/directory/edit.html", {"tab": "directory", "form": form, "service": found}, status=form.status
    )
