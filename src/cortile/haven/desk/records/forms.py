"""The small forms of a record. None of them asks who she is."""

from __future__ import annotations

import contextlib
import uuid
from datetime import UTC, datetime
from typing import Any

from django import forms

from cortile.haven.actions.records import LONGEST_CODE
from cortile.haven.actions.work import MOST
from cortile.kit import clock, dates
from cortile.kit.forms import Cards, Chips, Form, day, text, upload

YES_NO = [("no", "No"), ("yes", "Sì")]
WAYS = [
    ("none", "Nessuno: viene lei"),
    ("phone", "Telefono"),
    ("message", "Messaggio"),
    ("mail", "Posta elettronica"),
    ("person", "Tramite una persona"),
]
PLAN = [
    ("support", "Sostegno"),
    ("orientation", "Orientamento"),
    ("work", "Lavoro"),
    ("workshop", "Laboratorio"),
    ("accompaniment", "Accompagnamento"),
]
PLACES = [
    ("shelter", "Casa rifugio"),
    ("aler", "Alloggio offerto da ALER"),
    ("emergency", "Alloggio di emergenza"),
    ("second", "Seconda accoglienza"),
]
OTHER_HOUR = "other"
FOR_EVER = "distruggi per sempre"
TIME_FORMATS = ["%H:%M", "%H.%M", "%H"]
QUIET = {"autocomplete": "off", "spellcheck": "false"}


def _words(label: str, *, hint: str = "", required: bool = True, longest: int = 120, **attributes: str) -> forms.CharField:
    """Return a field of a few words, which no browser keeps for the next who types."""
    widget = forms.TextInput(attrs={**QUIET, **attributes})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=longest, widget=widget)


class SignIn(Form):
    """Who opens a shift, and with which phrase."""

    forgets = True
    login = _words("Nome d'accesso", longest=60, autocapitalize="none", autofocus="autofocus")
    phrase = forms.CharField(label="Frase", max_length=200, strip=False, widget=forms.PasswordInput(attrs=QUIET))


class New(Form):
    """One field, and a question that is no unless she says yes."""

    code = _words(
        "Il codice", hint="Lo sceglie lei: una parola qualsiasi. Non il suo nome.", longest=LONGEST_CODE, autofocus="autofocus"
    )
    callback = forms.ChoiceField(label="«Posso richiamarti?»", choices=YES_NO, initial="no", widget=Chips)


class Search(Form):
    """Words to look for."""

    asked = _words("Cerca una parola", required=False)


class Contact(Form):
    """How she is reached without danger."""

    callback = forms.ChoiceField(label="«Posso richiamarti?»", choices=YES_NO, initial="no", widget=Chips)
    how = forms.ChoiceField(label="Come si contatta", choices=WAYS, initial="none", widget=Cards)
    where = _words("A quale numero, indirizzo o persona", required=False)
    when = _words("Quando va bene", hint="Per esempio: martedì mattina, quando è al lavoro.", required=False)
    never = text("Che cosa non fare mai", hint="Per esempio: non lasciare messaggi, non dire chi chiama.", rows=2, required=False)


class Step(Form):
    """A step of the plan."""

    step = forms.ChoiceField(label="Che cosa", choices=PLAN, widget=Chips)
    text = _words("In poche parole", longest=300)
    on = day("Entro quando")


class Note(Form):
    """Something to remember."""

    text = text("Nota", hint="Scrivi solo quello che serve.", rows=6)


class Taking(forms.ChoiceField):
    """A half hour: whether it is still free, and ours, says who takes it. A form sent twice names one it has taken itself."""

    def valid_value(self, value: object) -> bool:
        """Take any half hour's number, and the choice of none."""
        with contextlib.suppress(ValueError):
            return value == OTHER_HOUR or bool(uuid.UUID(str(value)))
        return False


class Hour(Form):
    """A free half hour of ours, or another hour."""

    slot = Taking(label="Quando", widget=Cards)
    on = day("Giorno", required=False, hint="Solo per un'altra ora.")
    hour = forms.TimeField(
        label="Ora", required=False, input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"invalid": "Quest'ora non esiste. Scrivila così: 10:30."},
    )  # fmt: skip
    where = _words("Dove", required=False)

    def __init__(self, *args: Any, free: list[Any], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        ours = [(str(one.id), f"{dates.moment(one.starts_at, 'it')} – {one.door}") for one in free]
        self.offer("slot", [*ours, (OTHER_HOUR, "Un'altra ora")], None if ours else OTHER_HOUR)

    def clean(self) -> dict[str, Any]:
        """Ask for the day and the hour where it is none of ours."""
        said = super().clean() or {}
        if said.get("slot") == OTHER_HOUR and not self.errors:
            for name in ("on", "hour"):
                if said.get(name) is None:
                    self.add_error(name, "Scrivi il giorno e l'ora.")
        return said

    @property
    def at(self) -> datetime | None:
        """Return the hour that is none of ours."""
        said = self.cleaned_data
        return clock.at(said["on"], said["hour"]).astimezone(UTC) if said["slot"] == OTHER_HOUR else None


class Paper(Form):
    """A PDF or a photo."""

    file = upload("Il file", accept="application/pdf,image/*", hint="PDF o foto, al massimo 8 MB. Resta chiuso con il resto.")
    label = _words("Che carta è", hint="Per esempio: carta d'identità.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True


class Shred(Form):
    """The words that destroy."""

    forgets = True
    said = _words(f"Per distruggerla scrivi: {FOR_EVER}")

    def clean_said(self) -> str:
        """Take those words alone."""
        said = " ".join(str(self.cleaned_data["said"]).casefold().split()).strip("«».")
        if said != FOR_EVER:
            message = f"Le parole non sono queste. Scrivi: {FOR_EVER}"
            raise forms.ValidationError(message)
        return said


class Group(Form):
    """A group's day."""

    name = _words("Che gruppo", longest=80)
    on = day("Giorno")
    came = forms.IntegerField(
        label="Quante persone", min_value=0, max_value=MOST, widget=forms.NumberInput(attrs={"class": "short", **QUIET})
    )


class PlacesFree(Form):
    """How many places of each kind are free."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        for kind, label in PLACES:
            widget = forms.NumberInput(attrs={"class": "short", **QUIET})
            self.fields[kind] = forms.IntegerField(label=label, min_value=0, max_value=MOST, widget=widget)
