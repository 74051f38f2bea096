"""The four questions of the quick check: «non so» is always an answer, and never a no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.benefits.rules.deciding import Facts
from cortile.kit import money
from cortile.kit.forms import Chips, Form

UNKNOWN = ("unknown", _("Non so"))
# The words of the letter itself, the same in every language: «Accesso» is a band, and not a way in.
NAMES = [("protezione", "Protezione"), ("accesso", "Accesso"), ("permanenza", "Permanenza")]
# A time since the assignment stands for a number of months inside it: below, between and above the two limits of the calls.
MONTHS = {"less": 6, "one": 18, "two": 36}
BANDS = {"protezione": 0, "accesso": 1, "permanenza": 2}
LARGEST_ISEE = 100_000_000_00


class Check(Form):
    """What anybody knows of their own house, without a name."""

    since = forms.ChoiceField(
        label=_("Da quanto tempo hai la casa?"), widget=Chips,
        choices=[("less", _("Meno di un anno")), ("one", _("Da uno a due anni")), ("two", _("Più di due anni")), UNKNOWN],
    )  # fmt: skip
    band = forms.ChoiceField(
        label=_("In che fascia sei?"), help_text=_("È scritta sulla lettera dell'affitto."), widget=Chips,
        choices=[*NAMES, UNKNOWN],
    )  # fmt: skip
    isee = forms.CharField(
        label=_("Quanto è il tuo ISEE?"), help_text=_("In euro. Se non lo sai, lascia vuoto."), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    paid = forms.ChoiceField(
        label=_("L'affitto è pagato, o hai un piano di rate?"), widget=Chips, choices=[("yes", _("Sì")), ("no", _("No")), UNKNOWN]
    )

    def clean_isee(self) -> int | None:
        """Return cents, or None for who does not know."""
        typed = str(self.cleaned_data["isee"]).strip()
        try:
            found = money.cents(typed) if typed else None
        except ValueError:
            found = -1
        if found is not None and not 0 <= found <= LARGEST_ISEE:
            raise forms.ValidationError(_("Scrivi l'ISEE in euro, per esempio 12.400. Se non lo sai, lascia vuoto."))
        return found

    @property
    def facts(self) -> Facts:
        """Return the answers as the rules ask for them. What we know ourselves, or nobody said, is not known yet."""
        said: dict[str, Any] = self.cleaned_data
        paid = {"yes": 0, "no": 1}.get(said["paid"])
        return {
            "months_assigned": MONTHS.get(said["since"]), "band": BANDS.get(said["band"]), "isee": said["isee"],
            "arrears": paid, "signed_plan": None if paid is None else 0,
        }  # fmt: skip
