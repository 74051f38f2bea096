"""The two things that open the app."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form
from cortile.people.rules import is_card

WRONG = _("La tessera o il codice non vanno bene. Controlla i numeri e riprova, oppure chiama: entriamo insieme.")
NO_CARD = _("Controlla il numero della tessera: sono otto cifre, e qui una è sbagliata o manca.")
WAYS = ("sms", "voice", "paper")


class Card(Form):
    """A card. Its last digit checks the others: what is said of a slip is the same whether or not the card was given."""

    card = forms.CharField(
        label=_("Numero della tessera"),
        help_text=_("Otto cifre: le trovi sul foglio che ti ha dato lo Spazio."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username", "class": "code"}),
    )

    def clean_card(self) -> str:
        """Refuse what can be nobody's card."""
        typed = str(self.cleaned_data["card"])
        if not is_card(typed):
            raise forms.ValidationError(NO_CARD)
        return typed


class Code(Form):
    """A code. Nothing typed comes back on the page, so that every refusal is the same page."""

    forgets = True
    code = forms.CharField(
        label=_("Codice"),
        help_text=_("Puoi incollarlo."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}),
    )

    @classmethod
    def refused_form(cls) -> Code:
        """Return a form that says only that card or code is wrong."""
        fresh = cls({"code": ""})
        fresh.full_clean()
        fresh.errors.clear()
        fresh.add_error(None, WRONG)
        return fresh
