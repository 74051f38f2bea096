"""What is typed about people, phrases and packages. Phrases never come back on a page."""

from __future__ import annotations

from typing import Any

from django import forms

from cortile.kit import forms as kit
from cortile.kit.forms import Form, ManyChips

LARGEST_CARD = 4_000
HEARD, NO_FILE = "Prima leggi le parole al telefono.", "Manca il file del pacco."
HINT = "Almeno dodici caratteri. Vanno bene quattro parole a caso."


def phrase(label: str, *, hint: str = "", fresh: bool = True) -> forms.CharField:
    """Return a field for a phrase: never filled in again, never proposed by a browser."""
    attributes = {"autocomplete": "new-password" if fresh else "off", "spellcheck": "false", "autocapitalize": "off"}
    return forms.CharField(label=label, help_text=hint, max_length=200, strip=False, widget=forms.PasswordInput(attrs=attributes))


class PersonForm(Form):
    """Somebody who comes in."""

    forgets = True
    name = forms.CharField(label="Nome", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    login = forms.CharField(
        label="Nome d'accesso", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"})
    )
    leads = forms.BooleanField(label="Guida anche lei l'associazione", required=False)
    phrase = phrase("Prima frase", hint=f"{HINT} La cambia lei al primo turno.")


class AgainForm(Form):
    """A new phrase for who lost hers."""

    forgets = True
    phrase = phrase("Frase nuova", hint=f"{HINT} La cambia lei al primo turno.")


class PhraseForm(Form):
    """One's own phrase, changed."""

    forgets = True
    old = phrase("Frase di adesso", fresh=False)
    new = phrase("Frase nuova", hint=HINT)
    again = phrase("Frase nuova, ancora")

    def clean(self) -> dict[str, Any]:
        """Ask for the same phrase twice: nobody can tell it to whoever mistyped it."""
        said = super().clean() or {}
        if said.get("new") != said.get("again"):
            self.add_error("again", "Le due frasi nuove sono diverse. Riscrivile.")
        return said


class SureForm(Form):
    """A tick before what cannot be taken back."""

    sure = forms.BooleanField(label="Sì, sono sicura", error_messages={"required": "Metti la spunta per andare avanti."})


class CardForm(Form):
    """The other association's card, pasted."""

    card = forms.CharField(
        label="Biglietto dell'altra associazione", max_length=LARGEST_CARD, strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}), help_text="Apri il file e copia qui il testo.",
    )  # fmt: skip


class HeardForm(Form):
    """The second step: the card is known, its words were read on the phone."""

    card = forms.CharField(max_length=LARGEST_CARD, widget=forms.HiddenInput())
    heard = forms.BooleanField(label="Al telefono ho sentito le stesse parole", error_messages={"required": HEARD})


class HandOverForm(HeardForm):
    """What goes to another association, and her yes."""

    entries = forms.MultipleChoiceField(label="Cosa mandi", widget=ManyChips, required=False)
    said_yes_on = kit.day("Quando lei ha detto sì", hint="Senza il suo sì non parte niente.", required=False)


class LoadForm(HeardForm):
    """A package that came."""

    package = forms.FileField(label="Pacco", widget=forms.FileInput(attrs={"accept": ".txt"}), error_messages={"required": NO_FILE})
