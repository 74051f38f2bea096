"""The forms of the envelopes' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cortile.kit import money
from cortile.kit.forms import Form

LONGEST = 200


def line(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- lazy strings
    """Return a field for a few words."""
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST)


class Opened(Form):
    """A new envelope, for a call that has none."""

    code = line(_("Sigla"), _("Come la chiama il tuo ufficio: L1, K1."))
    fund = line(_("Da dove vengono i soldi"), _("La delibera, il fondo, l'anno."))
    call = forms.ChoiceField(label=_("Avviso"))
    unconfirmed = forms.CharField(label=_("Che cosa è ancora da confermare"), required=False, max_length=LONGEST)


class Added(Form):
    """More money, with its reason."""

    cents = forms.CharField(label=_("Quanti euro"), help_text=_("Per esempio 25.200 oppure 1.500,50."), max_length=20)
    reason = line(_("Perché"), _("L'atto che li assegna. Resta nel registro."))

    def clean_cents(self) -> int:
        """Return the sum in cents."""
        try:
            return money.cents(self.cleaned_data["cents"])
        except ValueError as error:
            raise ValidationError(_("Questa somma non si capisce. Scrivila così: 1.500,50.")) from error


class Voided(Form):
    """The reason a list is made void."""

    reason = line(_("Perché annulli la lista"))
