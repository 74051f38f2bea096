"""The form of S2: two answers must be there, everything else has a good default."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.agencies.policy import can
from cortile.homes import reads as homes
from cortile.kit.actor import Actor
from cortile.kit.forms import Chips, Form, text
from cortile.listening import reads, words
from cortile.listening.actions import Asked

BIGGEST_GROUP, LONGEST_DAY = 200, 480
CHANNELS = ("in_person", "phone", "outdoors", "sms", "email", "paper")


class Ids(forms.MultipleChoiceField):
    """Ticked persons, by number. Which of them may be seen is asked to the room."""

    def valid_value(self, value: Any) -> bool:  # noqa: ANN401 -- Django's own signature
        """Accept any number."""
        return str(value).isdecimal()


class ContactForm(Form):
    """Who, about what, what was done."""

    q = forms.CharField(label=_("Chi?"), required=False, max_length=120)
    persons = Ids(required=False)
    pick = forms.CharField(required=False)
    chip = forms.ChoiceField(label=_("Di che cosa?"), widget=Chips)
    done_what = forms.ChoiceField(label=_("Che cosa hai fatto?"), widget=Chips)
    title = forms.CharField(label=_("Titolo della richiesta"), required=False, max_length=120)
    wants = text(_("Che cosa chiede"), hint=_("Lo legge anche la persona."), rows=2, required=False)
    urgency = forms.ChoiceField(label=_("Urgenza"), choices=list(words.URGENCY_LABELS.items()), widget=Chips, required=False)
    answer_by = forms.ChoiceField(label=_("Come vuole la risposta"), choices=list(words.ANSWER_WANTED.items()), widget=Chips,
                                  required=False)  # fmt: skip
    note = text(_("Nota"), hint=_("La leggete solo tu e la tua responsabile."), rows=2, required=False)
    unnamed = forms.IntegerField(
        label=_("Altre persone, senza nome"), required=False, min_value=0, max_value=BIGGEST_GROUP,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip
    delicate = forms.BooleanField(label=_("È una cosa delicata"), required=False)
    place = forms.ChoiceField(label=_("Dove"), required=False)
    channel = forms.ChoiceField(label=_("Come"), widget=Chips, required=False)
    minutes = forms.IntegerField(
        label=_("Quanti minuti"), required=False, min_value=1, max_value=LONGEST_DAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        opens_requests = can(by, "open request")
        places = homes.place_names(by.agency_id or 0)
        self.fields["chip"].choices = [(c, words.CHIP_LABELS[c]) for c in reads.chips_for(by)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["done_what"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, label) for key, label in words.DONE_LABELS.items() if opens_requests or key != "opened_request"
        ]
        self.fields["channel"].choices = [(c, words.CHANNEL_LABELS[c]) for c in CHANNELS]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["place"].choices = [("", _("Altrove")), *((str(number), name) for number, name in places)]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> list[int]:
        """Return who was ticked, and who was picked among the results."""
        data = self.data if self.is_bound else self.initial
        ticked = data.getlist("persons") if hasattr(data, "getlist") else data.get("persons", [])
        return [int(x) for x in [*ticked, data.get("pick") or ""] if str(x).isdecimal()]

    @property
    def opens_request(self) -> bool:
        """Tell whether the contact brought a request."""
        return bool(self.cleaned_data["done_what"] == "opened_request")

    @property
    def asked(self) -> Asked:
        """Return what the person asks for."""
        found = self.cleaned_data
        return Asked(found["title"], found["wants"], found["urgency"] or "normal", found["answer_by"] or "phone")

    def contact(self, by: Actor) -> dict[str, Any]:
        """Return what the contact says, with the defaults of the presidio."""
        found = self.cleaned_data
        place = homes.place(int(found["place"]), agency_id=by.agency_id or 0) if found["place"] else None
        return {
            "chip": found["chip"], "channel": found["channel"] or "in_person", "place": place, "note": found["note"],
            "minutes": found["minutes"] or 10, "unnamed": found["unnamed"] or 0, "delicate": found["delicate"],
        }  # fmt: skip
