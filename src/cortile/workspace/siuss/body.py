"""Who transmits to INPS for a body: written once, with what is still to be confirmed beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.benefits import actions, transmissions, words
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, ManyChips, refusals_on, text

ISTAT = 6


def _line(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:  # noqa: ANN401 -- lazy strings
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class BodyForm(Form):
    """Everything INPS asks of who transmits."""

    sender = forms.ChoiceField(label=_("Chi trasmette?"), widget=Chips, choices=list(words.SENDERS.items()))
    body_code = _line(_("Codice dell'ente"), _("Lo dà INPS: una lettera e tre cifre."))
    body_name = _line(_("Nome dell'ente"))
    seat = _line(_("Comune della sede"), _("Codice Belfiore: una lettera e tre cifre."))
    operator = _line(_("Codice fiscale di chi risponde dell'invio"))
    region = _line(_("Codice della regione per INPS"))
    deadline_days = forms.IntegerField(
        label=_("Giorni per trasmettere"), min_value=1, max_value=365, widget=forms.NumberInput(attrs={"class": "short"})
    )
    codes = text(
        _("Codice di INPS di ogni contributo"), hint=_("Uno per riga: contributo = codice. Senza riga vale A1.05."), required=False
    )
    municipalities = text(_("Codice Istat dei comuni"), hint=_("Uno per riga: Milano = 015146."), required=False)
    audience = _line(_("Nome del nostro servizio su PDND"), _("Finché è vuoto, INPS non può entrare."), required=False)
    clients = text(_("Chi può entrare"), hint=_("Il codice con cui INPS si presenta, uno per riga."), required=False)
    unconfirmed = forms.MultipleChoiceField(
        label=_("Che cosa resta da confermare?"), required=False, widget=ManyChips, choices=list(words.SIUSS_UNCONFIRMED.items())
    )

    def clean_codes(self) -> dict[str, str]:
        """Read one code a line; it must be in INPS's table."""
        return self._pairs("codes", {code for code, _label in transmissions.benefits()})

    def clean_municipalities(self) -> dict[str, str]:
        """Read one municipality a line, its name in lower case."""
        return {name.lower(): code for name, code in self._pairs("municipalities", None).items()}

    def clean_clients(self) -> list[str]:
        """Read one caller a line."""
        return [line.strip() for line in self.cleaned_data["clients"].splitlines() if line.strip()]

    def _pairs(self, field: str, known: set[str] | None) -> dict[str, str]:
        lines = [line.partition("=") for line in self.cleaned_data[field].splitlines() if line.strip()]
        found = {name.strip(): code.strip() for name, _sign, code in lines}
        right = [code in known if known is not None else code.isdigit() and len(code) == ISTAT for code in found.values()]
        if not all(right) or "" in found:
            raise forms.ValidationError(_("Una riga non torna. Scrivi nome = codice."))
        return found


@opens("set siuss", methods="GET POST", sample="/scrivania/contributi/siuss/ente/")
def body(request: HttpRequest) -> HttpResponse:
    """Show who transmits, and save it."""
    by = current()
    kept = transmissions.settings_of(by.agency_id or 0)
    form = BodyForm(request.POST if request.method == "POST" else None, initial=_now(kept))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_siuss(agencies.agency_by_id(by.agency_id or 0), by=by, **form.words)
            return redirect("workspace:siuss_body")
    open_points = [str(words.SIUSS_UNCONFIRMED[name]) for name in form.initial["unconfirmed"] if name in words.SIUSS_UNCONFIRMED]
    shown = {"tab": "siuss", "form": form, "written": kept is not None, "open_points": open_points}
    return render(request, "workspace/siuss/body.html", shown, status=form.status)


def _now(kept: Any) -> dict[str, object]:  # noqa: ANN401 -- a row of a model closed to doors
    """Return what the form starts from: what is written, else what we propose, all of it to be confirmed."""
    if kept is None:
        return {"sender": "aler", "region": "10", "deadline_days": 15, "unconfirmed": list(words.SIUSS_UNCONFIRMED)}
    plain = {
        name: getattr(kept, name) for name in ("sender", "body_code", "body_name", "seat", "operator", "region", "deadline_days")
    }
    return plain | {
        "audience": kept.audience or "", "unconfirmed": kept.unconfirmed, "clients": "\n".join(kept.clients),
        "codes": _written(kept.codes), "municipalities": _written(kept.municipalities),
    }  # fmt: skip


def _written(pairs: dict[str, str]) -> str:
    return "\n".join(f"{name} = {code}" for name, code in pairs.items())
