"""What somebody can change about themselves."""

from __future__ import annotations

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Chips, Form

FEWEST_DIGITS = 6
WHEN = [("", _("quando volete")), ("mattina", _("mattina")), ("pomeriggio", _("pomeriggio")), ("sera", _("sera"))]


class Preferences(Form):
    """The language we speak in, and messages that say nothing on a screen others see."""

    language = forms.ChoiceField(label=_("In che lingua ti scriviamo?"), choices=settings.LANGUAGES, widget=Chips)
    discreet = forms.BooleanField(
        label=_("Messaggi discreti. L'SMS dice solo che c'è un messaggio, non di che cosa parla"), required=False
    )
    visits_welcome = forms.BooleanField(
        label=_("Bussate da me"), required=False,
        help_text=_("Il custode vede nome, scala, telefono e lingua, e passa a salutarti."),
    )  # fmt: skip


class When(Form):
    """When it is safe to call a number."""

    when = forms.ChoiceField(label=_("Quando ti possiamo chiamare?"), choices=WHEN, widget=Chips, required=False)


class NewContact(Form):
    """One more way to be reached."""

    value = forms.CharField(
        label=_("Numero di telefono"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "short"}),
        error_messages={"required": _("Scrivi il numero.")},
    )  # fmt: skip
    shared = forms.BooleanField(label=_("Lo usano anche altri: qui niente SMS"), required=False)

    def clean_value(self) -> str:
        """Accept a number with its own spaces; say how to mend one that is too short."""
        value = str(self.cleaned_data["value"]).strip()
        if len(re.sub(r"\D", "", value)) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Questo numero è troppo corto. Scrivilo intero, con il prefisso."))
        return value

    @property
    def kind(self) -> str:
        """Return which kind of number it is: mobiles begin with 3."""
        bare = re.sub(r"\D", "", str(self.cleaned_data["value"]).replace("+39", "", 1))
        return "mobile" if bare.startswith("3") else "landline"
