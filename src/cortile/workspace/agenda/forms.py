"""The small forms of S9: a pop-up presidio in four fields, an appointment, another hour."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit import clock, languages
from cortile.kit.forms import Chips, Form, day, text

Choices = list[tuple[Any, Any]]
TIME_FORMATS = ["%H:%M", "%H.%M", "%H"]


def hour(label: Any, *, required: bool = True) -> forms.TimeField:  # noqa: ANN401 -- lazy strings
    """Return a field for an hour: «10:30», «10.30» or «10»."""
    return forms.TimeField(
        label=label, required=required, input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"invalid": _("Quest'ora non esiste. Scrivila così: 10:30.")},
    )  # fmt: skip


class PopUp(Form):
    """Where, which day, from when, until when. The neighbourhood is asked only of who works in several."""

    where = forms.CharField(label=_("Dove, in parole"), max_length=120, help_text=_("Per esempio: atrio scala A, via dei Tigli 12"))
    on = day(_("Giorno"))
    opens = hour(_("Dalle"))
    closes = hour(_("Alle"))
    neighbourhood = forms.TypedChoiceField(label=_("Quartiere"), coerce=int)

    def __init__(self, *args: Any, quarters: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.offer("neighbourhood", quarters, quarters[0][0] if quarters else None)
        if len(quarters) < 2:  # noqa: PLR2004 -- nothing to choose
            del self.fields["neighbourhood"]


class When(Form):
    """A free hour in one tap, or a day and an hour."""

    slot = forms.ChoiceField(
        label=_("Prime ore libere"), required=False, widget=Chips,
        error_messages={"invalid_choice": _("Quest'ora non è più libera. Scegline un'altra.")},
    )  # fmt: skip
    day = day(_("Oppure un giorno"), required=False)
    hour = hour(_("e un'ora"), required=False)

    def __init__(self, *args: Any, slots: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.offer("slot", slots)
        if not slots:
            del self.fields["slot"]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two ways of saying when."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("day") and cleaned.get("hour") is not None
        if not self.errors and not cleaned.get("slot") and not typed:
            self.add_error("day", _("Manca quando. Scegli un'ora libera, oppure scrivi giorno e ora."))
        return cleaned

    @property
    def starts_at(self) -> datetime:
        """Return the instant chosen; what was typed wins over the chip."""
        typed: tuple[date | None, time | None] = (self.cleaned_data.get("day"), self.cleaned_data.get("hour"))
        if typed[0] is not None and typed[1] is not None:
            return clock.at(typed[0], typed[1])
        return datetime.fromisoformat(self.cleaned_data["slot"])


class Book(When):
    """An appointment for a person."""

    place = forms.TypedChoiceField(label=_("Dove"), coerce=int)
    staff = forms.TypedChoiceField(label=_("Chi riceve"), coerce=int)
    bring = forms.CharField(label=_("Che cosa portare (facoltativo)"), max_length=200, required=False)
    field_order = ("place", "staff", "slot", "day", "hour", "bring")

    def __init__(self, *args: Any, places: Choices, members: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.offer("place", places)
        self.offer("staff", members)


def _asked() -> forms.BooleanField:
    return forms.BooleanField(label=_("Me lo ha chiesto la persona"), required=False)


class Move(When):
    """Another hour, and whether she asked for it."""

    asked = _asked()
    field_order = ("slot", "day", "hour", "asked")


class Call(When):
    """A call, and in which language when somebody interprets."""

    interpreter = forms.BooleanField(label=_("Serve l'interprete"), required=False)
    language = forms.ChoiceField(label=_("In quale lingua"), required=False)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- doors import no models
        super().__init__(*args, **kwargs)
        self.fields["interpreter"].initial = person.needs_interpreter
        self.offer("language", [(code, known.name) for code, known in languages.every().items()], person.language)

    @property
    def asked(self) -> dict[str, Any]:
        """Return what the act is told."""
        return {
            "starts_at": self.starts_at,
            "interpreter": self.cleaned_data["interpreter"],
            "language": self.cleaned_data["language"],
        }


class Reason(Form):
    """Why we cancel: the person reads it. What she asked for herself needs no reason."""

    asked = _asked()
    reason = text(_("Perché?"), hint=_("Se annulliamo noi. Lo legge anche la persona."), rows=2, required=False)
