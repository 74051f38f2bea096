"""The forms of what the association publishes."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from babel import Locale
from django import forms

from cortile.haven.actions.publishing import DoorSaid, OfferSaid
from cortile.haven.actions.slots import Week
from cortile.kit import clock
from cortile.kit.forms import Cards, Chips, Form, ManyChips, day, text

LONGEST = 120
# The languages of the house, and those most spoken near it.
SPOKEN = ("it", "ar", "en", "es", "fr", "ro", "uk", "zh", "fil", "sq", "bn", "pt")
DAYS = [(0, "lunedì"), (1, "martedì"), (2, "mercoledì"), (3, "giovedì"), (4, "venerdì"), (5, "sabato"), (6, "domenica")]
KINDS = [("workshop", "Laboratorio"), ("training", "Corso"), ("job_help", "Aiuto per il lavoro"), ("group", "Gruppo")]
WHOM = [("public", "Pagina pubblica"), ("own", "Solo per noi")]
SHOWN = [("si", "Sì"), ("no", "No, per ora è nascosta")]


def spoken() -> list[tuple[str, str]]:
    """Return the languages a door may speak, with their Italian names."""
    names = Locale("it").languages
    return [(code, str(names.get(code, code))) for code in SPOKEN]


def _line(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST)


def _hour(label: str, hint: str = "") -> forms.TimeField:
    return forms.TimeField(
        label=label, help_text=hint, widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")
    )


class DoorForm(Form):
    """A door: neutral name, where, when, in which languages."""

    name = _line("Nome sulla porta", "Parole neutre: non dire a che cosa serve.")
    address = _line("Indirizzo")
    hours = _line("Quando è aperta", "Per esempio: mercoledì 14–17.")
    phone = _line("Telefono", required=False)
    languages = forms.MultipleChoiceField(label="Lingue parlate", required=False, widget=ManyChips, choices=spoken)
    step_free = forms.BooleanField(label="Si entra senza gradini", required=False)
    shown = forms.ChoiceField(label="Si vede nella pagina pubblica?", widget=Chips, choices=SHOWN, initial="si")

    def said(self) -> DoorSaid:
        """Return what the form says."""
        return DoorSaid(**{**self.words, "shown": self.words["shown"] == "si"})


class OfferForm(Form):
    """Something anybody may come to."""

    kind = forms.ChoiceField(label="Che cos'è", widget=Cards, choices=KINDS)
    title = _line("Titolo", "Parole neutre: non dire per chi è.")
    place = _line("Dove")
    on = day("Giorno")
    at = _hour("Ora")
    minutes = forms.IntegerField(label="Quanti minuti dura", min_value=15, max_value=600, initial=120)
    shown = forms.ChoiceField(label="Si vede nella pagina pubblica?", widget=Chips, choices=SHOWN, initial="si")

    def said(self) -> OfferSaid:
        """Return what the form says."""
        words = self.words
        starts_at = clock.at(words["on"], words["at"])
        return OfferSaid(words["kind"], words["title"], words["place"], starts_at, words["minutes"], words["shown"] == "si")


class WeekForm(Form):
    """A week's pattern of half hours."""

    days = forms.TypedMultipleChoiceField(label="In quali giorni", coerce=int, widget=ManyChips, choices=DAYS)
    opens = _hour("Dalle")
    closes = _hour("Alle")
    first = day("A partire da")
    weeks = forms.IntegerField(label="Per quante settimane", min_value=1, max_value=8, initial=2)
    whom = forms.ChoiceField(
        label="Per chi sono",
        help_text="Gli appuntamenti delle schede usano solo le mezz'ore «Solo per noi». Così la pagina pubblica non cambia.",
        widget=Chips,
        choices=WHOM,
        initial="public",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        first = {"opens": time(14), "closes": time(17), "first": clock.today() + timedelta(days=1)}
        super().__init__(*args, **{"initial": first, **kwargs})

    def said(self) -> Week:
        """Return what the form says."""
        words = dict(self.words)
        whom = words.pop("whom")
        return Week(**words, public=whom == "public")


class LimitsForm(Form):
    """The association's own words on the page of limits."""

    text = text(
        "Che cosa aggiunge l'associazione",
        hint="La pagina dice già le cose comuni. Ogni frase va letta da un legale.",
        rows=10,
        required=False,
    )
