"""What opens a locked screen, and how it is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cortile.kit.forms import Form

LONGEST = 6


def _digits(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- lazy strings
    """Return a field whose digits are not read over a shoulder, nor ever sent back."""
    look = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "maxlength": str(LONGEST)}
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=forms.PasswordInput(attrs=look))


class PinForm(Form):
    """The PIN, at a locked screen."""

    forgets = True
    pin = _digits(gettext_lazy("PIN"))


class NewPinForm(Form):
    """A new PIN, typed twice."""

    forgets = True
    pin = _digits(gettext_lazy("Nuovo PIN"), gettext_lazy("Da quattro a sei cifre. Serve solo a riaprire il tuo schermo bloccato."))
    again = _digits(gettext_lazy("Riscrivi il PIN"))

    def clean(self) -> dict[str, Any]:
        """Refuse two different PINs."""
        said = super().clean() or {}
        if {"pin", "again"} <= said.keys() and said["pin"] != said["again"]:
            self.add_error("again", _("I due PIN sono diversi. Riscrivili."))
        return said
