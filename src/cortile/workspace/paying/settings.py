"""How a body pays: how many people sign, by how much, and from which account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.benefits import actions, batches, payable
from cortile.benefits.rules.paying import Band
from cortile.kit import money
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on

MOST_SIGNATURES, LEAST_ROWS = 5, 3
ACTS = ("bands", "account")
COUNT, SUM = forms.NumberInput(attrs={"class": "short"}), forms.TextInput(attrs={"class": "short", "inputmode": "decimal"})
CATEGORIES = (("GOVT", "GOVT"), ("SUPP", "SUPP"), ("OTHR", "OTHR"))


class Bands(Form):
    """Up to how much, how many people sign beside who makes a batch; the last row is of any total above the others."""

    rest = forms.IntegerField(label=_("Firme per un totale più alto"), min_value=1, max_value=MOST_SIGNATURES, widget=COUNT)
    rows = range(0)

    def open_rows(self, count: int) -> None:
        """Open so many rows to write in."""
        self.rows = range(1, count + 1)
        for row in self.rows:
            up, signs = (format_lazy("{}. {}", row, label) for label in (_("Fino a, in euro"), _("Firme")))
            self.fields[f"up_{row}"] = forms.CharField(label=up, required=False, max_length=20, widget=SUM)
            self.fields[f"sign_{row}"] = forms.IntegerField(
                label=signs, required=False, min_value=1, max_value=MOST_SIGNATURES, widget=COUNT
            )
        self.order_fields([f"{name}_{row}" for row in self.rows for name in ("up", "sign")])

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Return the rows as they stand on the page: a sum, and who signs."""
        return [(self[f"up_{row}"], self[f"sign_{row}"]) for row in self.rows]

    @property
    def bands(self) -> list[Band]:
        """Return the rows that were filled in, and the one without a limit."""
        said = self.cleaned_data
        rows = [(said[f"up_{row}"], said[f"sign_{row}"]) for row in self.rows]
        return [*(Band(up, signs) for up, signs in rows if up is not None), Band(None, said["rest"])]

    def clean(self) -> dict[str, Any]:
        """Read each sum; a row is written whole or left empty."""
        said: dict[str, Any] = super().clean() or {}
        for row in self.rows:
            typed, signs = str(said.get(f"up_{row}") or "").strip(), said.get(f"sign_{row}")
            try:
                said[f"up_{row}"] = money.cents(typed) if typed else None
            except ValueError:
                self.add_error(f"up_{row}", _("Questa cifra non si legge. Scrivi per esempio 5.000."))
                continue
            if bool(typed) != (signs is not None):
                self.add_error(f"sign_{row}", _("Scrivi tutte e due le caselle, oppure nessuna."))
        return said


class Account(Form):
    """The account payments leave from, as the bank's contract says it."""

    debtor_name = forms.CharField(label=_("Nome dell'ente per la banca"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    abi = forms.CharField(label=_("ABI"), max_length=5, help_text=_("Cinque cifre: le dice la banca."))
    cuc = forms.CharField(label=_("Codice CUC"), max_length=8, help_text=_("Otto lettere o cifre: le dà il consorzio CBI."))
    category_purpose = forms.ChoiceField(label=_("Causale per la banca"), widget=Chips, choices=CATEGORIES, initial="GOVT")
    unconfirmed = forms.CharField(label=_("Che cosa resta da confermare con la banca"), max_length=200, required=False)


@opens("set up", methods="GET POST", sample="/scrivania/contributi/lotti/regole/")
def settings(request: HttpRequest) -> HttpResponse:
    """Show how a body pays, and save it."""
    by, act = current(), request.POST.get("act", "") if request.method == "POST" else ""
    kept, (told, confirmed) = batches.account_of(by=by), payable.bands_of(by.agency_id or 0)
    bands = Bands(request.POST if act == "bands" else None, initial=_written(told), auto_id="bands_%s")
    # A row more than the body has: saving never loses one.
    bands.open_rows(max(LEAST_ROWS, len(told)))
    account = Account(request.POST if act == "account" else None, initial=kept, auto_id="account_%s")
    form: Form = {"bands": bands, "account": account}.get(act) or Form({} if act else None)
    if act in ACTS and form.is_valid():
        with refusals_on(form):
            _save(form, by)
            return redirect("workspace:paying_rules")
    shown = {"tab": "administration", "form": form, "confirmed": confirmed, "kept": kept, "bands": bands, "account": account}
    return render(request, "workspace/paying/settings.html", shown, status=form.status)


def _save(form: Form, by: Actor) -> None:
    body = agencies.agency_by_id(by.agency_id or 0)
    if isinstance(form, Bands):
        actions.set_signature_bands(body, by=by, bands=form.bands)
    else:
        actions.set_bank_account(body, by=by, **form.words)


def _written(bands: Sequence[Band]) -> dict[str, object]:
    """Return bands as their form shows them."""
    limited = [band for band in bands if band.up_to_cents is not None]
    rows = {f"up_{n}": money.figures(band.up_to_cents or 0) for n, band in enumerate(limited, 1)}
    signs = {f"sign_{n}": band.signatures for n, band in enumerate(limited, 1)}
    return {**rows, **signs, "rest": next((band.signatures for band in bands if band.up_to_cents is None), 1)}
