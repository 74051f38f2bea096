"""What an office does with a question, signed in or by its link: the same four acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit.actor import Actor
from cortile.kit.forms import Form, day, text
from cortile.listening import actions
from cortile.listening.reads import Question


class OfficeForm(Form):
    """A form about one question."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.prepare(question)

    def prepare(self, question: Question) -> None:
        """Fill the choices that depend on the question."""


class Answer(OfficeForm):
    """The office's answer."""

    text = text(_("La risposta"), hint=_("La legge chi segue la richiesta, che poi parla con la persona."))


class SetDay(OfficeForm):
    """By when the office answers."""

    day = day(_("Rispondiamo entro"))
    reason = text(
        _("Perché"), rows=2, required=False,
        hint=_("Serve solo se la data supera quella promessa alla persona: in quel caso lo legge anche lei."),
    )  # fmt: skip


class SendBack(OfficeForm):
    """Not this office's work: why, and whose it is."""

    reason = text(_("Perché non è vostra?"), rows=2)
    office = forms.TypedChoiceField(label=_("Di quale ufficio è?"), coerce=int, empty_value=None, required=False)

    def prepare(self, question: Question) -> None:
        """Offer the other offices of the body."""
        sent = question.hand_over
        others = [(o.pk, o.name) for o in agencies.offices_of(sent.agency_id) if o.pk != sent.office_id]
        self.offer("office", [("", _("Non lo so")), *others])


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """One thing an office can do."""

    title: object
    verb: object
    form: type[OfficeForm]
    run: Callable[[Question, dict[str, Any], Actor, str], object]
    done: object


def _send_back(question: Question, words: dict[str, Any], by: Actor, once: str) -> object:
    sent, chosen = question.hand_over, words["office"]
    right = agencies.office(chosen, agency_id=sent.agency_id) if chosen else None
    return actions.send_back(sent, by=by, reason=words["reason"], right_office=right, once=once)


OFFICE_ACTS: dict[str, OfficeAct] = {
    "prendi": OfficeAct(
        _("Prendi la domanda"), _("La prendo io"), OfficeForm,
        lambda q, _w, by, once: actions.take_hand_over(q.hand_over, by=by, once=once),
        _("La domanda è presa."),
    ),
    "rispondi": OfficeAct(
        _("Rispondi"), _("Invia la risposta"), Answer,
        lambda q, w, by, once: actions.answer_hand_over(q.hand_over, by=by, text=w["text"], once=once),
        _("Risposta inviata a chi segue la richiesta. Non devi fare altro."),
    ),
    "data": OfficeAct(
        _("Serve più tempo: scegli una data"), _("Salva la data"), SetDay,
        lambda q, w, by, once: actions.date_hand_over(q.hand_over, by=by, day=w["day"], reason=w["reason"], once=once),
        _("Data salvata."),
    ),
    "rimanda": OfficeAct(
        _("Non è del nostro ufficio"), _("Rimanda indietro"), SendBack, _send_back,
        _("Domanda rimandata, con il motivo."),
    ),
}  # fmt: skip
