"""The forms of the payments' pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Cards, Form, day, text, upload

WAYS = (("account", _("Accredito sulla partita contabile")), ("transfer", _("Bonifico")))
PARTS = ((1, _("Tutto quello che resta")), (2, _("Metà")), (3, _("Un terzo")), (4, _("Un quarto")))


class Wanted(Form):
    """Whom to pay: of which money, in which way, how much of it."""

    fondo = forms.TypedChoiceField(label=_("Da quale fondo"), coerce=int)
    modo = forms.ChoiceField(label=_("Come"), choices=WAYS, widget=Cards)
    parti = forms.TypedChoiceField(label=_("Quanto adesso"), choices=PARTS, coerce=int, initial=1)


class Made(Form):
    """When a batch is paid, and why: whoever signs reads it."""

    execution_date = day(_("Giorno del pagamento"), hint=_("Un giorno in cui le banche sono aperte."))
    reason = text(_("Perché"), hint=_("L'atto che lo decide, per esempio la determina."), rows=2)


class Again(Made):
    """A batch that follows: the same, and in which way."""

    way = forms.ChoiceField(label=_("Come"), choices=WAYS, initial="transfer")


class Cancelled(Form):
    """Why a batch is cancelled."""

    reason = text(_("Perché lo annulli"), rows=2)


class Answer(Form):
    """What the bank or the landlord's system answered."""

    answer = upload(_("File degli esiti"), accept=".csv,.txt", hint=_("Un CSV con le colonne: riferimento;esito;codice;data."))


class Mended(Form):
    """How an application is paid from now on."""

    number = forms.IntegerField(
        label=_("Numero della domanda"), widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
    )
    paid_by = forms.ChoiceField(label=_("Come"), choices=WAYS, initial="transfer")
    iban = forms.CharField(label=_("IBAN nuovo"), required=False, max_length=42)
    reason = text(_("Perché cambia"), rows=2)
