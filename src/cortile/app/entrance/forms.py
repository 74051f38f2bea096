"""The two things that open the app."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form

WRONG = _("La tessera o il codice non vanno bene. Controlla i numeri e riprova, oppure chiama: entriamo insieme.")


class SignIn(Form):
    """A card and a code. Nothing typed comes back on the page, so that every refusal is the same page."""

    forgets = True
    card = forms.CharField(
        label=_("Numero della tessera"),
        help_text=_("Otto cifre: le trovi sul foglio che ti ha dato lo Spazio."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username", "class": "code"}),
    )
    code = forms.CharField(
        label=_("Codice"),
        help_text=_("Otto cifre. Puoi incollarlo."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}),
    )

    @classmethod
    def refused_form(cls) -> SignIn:
        """Return a form that says only that card or code is wrong."""
        fresh = cls({"card": "", "code": ""})
        fresh.full_clean()
        fresh.errors.clear()
        fresh.add_error(None, WRONG)
        return fresh
