"""The forms about a person: who they are, how to reach them, who helps them."""

from __future__ import annotations

from datetime import time
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortile.kit import carriers, dates
from cortile.kit.forms import Cards, Chips, Form, ManyChips, TypedDay, day
from cortile.listening.words import CHIP_LABELS
from cortile.people import ways
from cortile.people.words import REPRESENTATIVE_LABELS

WAYS = {
    "sms": _("SMS"),
    "email": _("E-mail"),
    "io": _("App IO"),
    "paper": _("Carta: si stampa e si ritira allo Spazio"),
    "app": _("Solo l'app, senza avvisi"),
}
# What is spoken at the Spazi (domain §8); the interface itself has three of these.
LANGUAGES = ("it", "ar", "en", "es", "fr", "ro", "uk", "sq", "bn", "ur", "zh", "tl", "si", "pt", "ru", "ti", "wo")


def languages() -> list[tuple[str, str]]:
    """Return the languages by their name in the page's own."""
    names = Locale.parse(get_language() or "it").languages
    return [(code, names.get(code, code).capitalize()) for code in LANGUAGES]


class RegisterForm(Form):
    """A new person: a name is enough."""

    given_name = forms.CharField(label=_("Nome"), max_length=80)
    family_name = forms.CharField(label=_("Cognome"), max_length=80, required=False)
    birth_date = TypedDay(
        label=_("Data di nascita"), help_text=_("Per esempio 14/03/1948. Se non la sai, lascia vuoto."), required=False
    )
    phone = forms.CharField(label=_("Telefono"), max_length=30, required=False,
                            widget=forms.TextInput(attrs={"inputmode": "tel", "class": "short"}))  # fmt: skip
    language = forms.ChoiceField(label=_("Lingua"), choices=languages, initial="it")
    needs_interpreter = forms.BooleanField(label=_("Serve l'interprete"), required=False)
    home = forms.CharField(
        label=_("Dove abita"), max_length=120, required=False,
        help_text=_("Via, numero e scala: «Tigli 12 B». Se non è una casa nostra, lascia vuoto."),
    )  # fmt: skip
    stair = forms.CharField(required=False, widget=forms.HiddenInput)


class StairForm(RegisterForm):
    """The same, when the address means more than one staircase."""

    def __init__(self, *args: Any, stairs: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["stair"] = forms.ChoiceField(label=_("Quale scala?"), widget=Cards, choices=stairs, required=False)


class WayForm(Form):
    """A way to reach somebody."""

    kind = forms.ChoiceField(
        label=_("Che cos'è"), widget=Chips,
        choices=[("mobile", _("Cellulare")), ("landline", _("Telefono di casa")), ("email", _("E-mail"))], initial="mobile",
    )  # fmt: skip
    value = forms.CharField(label=_("Numero o indirizzo"), max_length=120)
    safe = forms.BooleanField(label=_("È sicuro usarlo"), required=False, initial=True)
    shared = forms.BooleanField(label=_("Lo usa anche qualcun altro"), required=False)
    when = forms.CharField(label=_("Quando va bene"), help_text=_("Per esempio: dopo le 16."), max_length=120, required=False)


def ways_offered() -> list[tuple[str, Any]]:
    """Return the ways a message may go first; App IO where the installation has it."""
    return [(c, WAYS[c]) for c in ways.CHANNELS if c != "io" or carriers.has("io")]


def hours() -> list[tuple[str, Any]]:
    """Return the hours of a day, and first the body's own."""
    return [("", _("come l'ente")), *((str(h), dates.hour(time(h))) for h in ways.HOURS)]


class PreferencesForm(Form):
    """Language, interpreter, where messages go first and when none does, discreet messages, visits."""

    language = forms.ChoiceField(label=_("Lingua"), choices=languages)
    needs_interpreter = forms.BooleanField(label=_("Serve l'interprete"), required=False)
    channel = forms.ChoiceField(
        label=_("Dove le scriviamo prima"), choices=ways_offered, widget=Cards, required=False,
        help_text=_("Ogni messaggio è anche nell'app e, se lo chiede, su carta."),
    )  # fmt: skip
    quiet_from = forms.ChoiceField(label=_("Non scriverle da"), choices=hours, required=False)
    quiet_until = forms.ChoiceField(label=_("fino a"), choices=hours, required=False)
    discreet = forms.BooleanField(label=_("Messaggi discreti: un SMS dice solo che c'è un messaggio"), required=False)
    visits_welcome = forms.BooleanField(
        label=_("Bussate da me"), help_text=_("Il custode vede nome, scala, telefono e lingua, e passa a salutare."), required=False
    )

    @property
    def words(self) -> dict[str, Any]:
        """Return what the act asks for: the two hours are one choice."""
        return ways.said(self.cleaned_data)


class DelegateForm(Form):
    """Somebody the person chose, after a talk alone."""

    name = forms.CharField(label=_("Nome e cognome di chi aiuta"), max_length=120)
    relationship = forms.CharField(
        label=_("Chi è per la persona"), help_text=_("Figlia, vicino, volontaria."), max_length=80, required=False
    )
    phone = forms.CharField(label=_("Telefono"), max_length=30, required=False)
    scopes = forms.MultipleChoiceField(label=_("Che cosa può vedere"), choices=list(CHIP_LABELS.items()), widget=ManyChips)
    talked_alone = forms.BooleanField(label=_("Ne ho parlato con la persona, senza altri presenti"), required=False)


class RepresentativeForm(Form):
    """Who represents the person by law, within the decree."""

    name = forms.CharField(label=_("Nome e cognome"), max_length=120)
    kind = forms.ChoiceField(label=_("Che ruolo ha"), choices=list(REPRESENTATIVE_LABELS.items()), widget=Cards)
    decree = forms.CharField(label=_("Decreto: numero e data"), max_length=200)
    scopes = forms.MultipleChoiceField(label=_("Per che cosa"), choices=list(CHIP_LABELS.items()), widget=ManyChips)
    since = TypedDay(label=_("Dal"))
    until = day(_("Fino al"), hint=_("Se il decreto non lo dice, lascia vuoto."), required=False)
