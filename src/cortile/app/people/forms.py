"""What somebody can change about themselves."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortile.kit import dates
from cortile.kit.forms import Cards, Chips, Form
from cortile.people import ways

FEWEST_DIGITS = 6
WHEN = [("", _("quando volete")), ("mattina", _("mattina")), ("pomeriggio", _("pomeriggio")), ("sera", _("sera"))]


WAYS = {
    "sms": _("SMS. Arriva su ogni telefono, anche senza internet."),
    "email": _("E-mail. Arriva nella tua casella."),
    "io": _("App IO. Arriva nell'app IO, se ce l'hai sul telefono."),
    "paper": _("Carta. Stampiamo il messaggio e lo trovi allo Spazio. Sul telefono non arriva niente."),
    "app": _("Solo questa app. Non ti avvisiamo: lo leggi quando la apri."),
}  # fmt: skip

MISSING = {
    "sms": _("Manca un cellulare solo tuo."),
    "email": _("Manca il tuo indirizzo."),
    "io": _("Manca il tuo codice fiscale."),
}  # fmt: skip


class Preferences(Form):
    """The language we speak in, where messages come first, when none does, and whether they say nothing on a screen others see."""

    language = forms.ChoiceField(label=_("In che lingua ti scriviamo?"), choices=settings.LANGUAGES, widget=Chips)
    channel = forms.ChoiceField(
        label=_("Dove ti scriviamo prima?"), widget=Cards, required=False,
        help_text=_("Ogni messaggio è anche qui nell'app. Se lo chiedi, te lo diamo su carta."),
    )  # fmt: skip
    quiet_from = forms.ChoiceField(label=_("Da che ora non scriverti?"), required=False)
    quiet_until = forms.ChoiceField(label=_("Fino a che ora?"), required=False)
    discreet = forms.BooleanField(
        label=_("Messaggi discreti"), required=False,
        help_text=_("Il messaggio che arriva fuori da questa app dice solo che c'è un messaggio, non di che cosa parla."),
    )  # fmt: skip
    visits_welcome = forms.BooleanField(
        label=_("Bussate da me"), required=False,
        help_text=_("Il custode vede nome, scala, telefono e lingua, e passa a salutarti."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, person: Any, by_phone: bool) -> None:  # noqa: ANN401 -- a person's row, whose model no door names
        super().__init__(data, initial=ways.chosen(person))
        self.offer("channel", [(c, _explained(c, person)) for c in ways.offered(person)])
        for name in ways.QUIET:
            usual = gettext("come l'ente: %(hour)s") % {"hour": dates.hour(time(getattr(person.agency, name)))}
            self.offer(name, [("", usual), *((str(h), dates.hour(time(h))) for h in ways.HOURS)])
        # What a phone in another hand could loosen is not asked there: where messages go, and that they say little.
        for name in ("channel", *(["discreet"] if person.discreet else [])) if by_phone else ():
            del self.fields[name]

    @property
    def words(self) -> dict[str, Any]:
        """Return what the act asks for: the two hours are one choice."""
        return ways.said(self.cleaned_data)


def _explained(channel: str, person: Any) -> str:  # noqa: ANN401 -- as above
    """Return what a way is, and what we would need to write by it."""
    return str(WAYS[channel]) if ways.leads_to(person, channel) else f"{WAYS[channel]} {MISSING[channel]}"


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
