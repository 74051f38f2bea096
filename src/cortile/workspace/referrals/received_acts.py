"""What a partner does with the one request its link opens: yes with a day, no with a reason, one question, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.directory.words import CAPACITY_LABELS
from cortile.kit.actor import Actor
from cortile.kit.forms import Chips, Form, day, text
from cortile.referrals import actions, words
from cortile.referrals.reads import Received
from cortile.workspace.referrals.following_acts import ANSWERS


class PartnerForm(Form):
    """A form about the one request."""

    def __init__(self, *args: Any, found: Received, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.prepare(found)

    def prepare(self, found: Received) -> None:
        """Fill what depends on the request."""


class Accept(PartnerForm):
    """From which day."""

    day = day(_("Da che giorno?"))

    def prepare(self, found: Received) -> None:
        """Offer the next working day: it can be changed."""
        self.fields["day"].initial = found.first_day


class Decline(PartnerForm):
    """Why not, and from when yes."""

    reason = forms.ChoiceField(label=_("Perché?"), widget=Chips, choices=list(words.REASON_LABELS.items()))
    available_from = day(_("Da quando potreste? (facoltativo)"), required=False)
    said = text(_("Due parole (facoltativo)"), rows=2, required=False)


class Question(PartnerForm):
    """One question for who sent the request."""

    text = text(_("La domanda"), hint=_("La legge chi vi ha scritto. La risposta arriva qui, e vi avvisa una mail."), rows=3)


class Outcome(PartnerForm):
    """How it ended: each answer is a button."""

    outcome = forms.ChoiceField(choices=ANSWERS)


class Places(PartnerForm):
    """How many places are left."""

    state = forms.ChoiceField(label=_("Ci sono posti?"), choices=list(CAPACITY_LABELS.items()), widget=Chips)
    available = forms.IntegerField(label=_("Quanti posti liberi"), min_value=0, max_value=9999)

    def prepare(self, found: Received) -> None:
        """Show what the card says now."""
        left = getattr(found.service, "capacity", None)
        if left is not None:
            self.fields["state"].initial, self.fields["available"].initial = left.state, left.available


@dataclass(frozen=True, slots=True)
class PartnerAct:
    """One thing a partner can do; ``folded`` waits behind its title."""

    title: object
    verb: object
    form: type[PartnerForm]
    fits: Callable[[Received], bool]
    run: Callable[[Any, dict[str, Any], Actor, str], object]
    done: object
    folded: bool = False
    choices: tuple[tuple[str, object], ...] = ()


def _always(_found: Received) -> bool:
    return True


PARTNER_ACTS: dict[str, PartnerAct] = {
    "possiamo": PartnerAct(
        _("Possiamo"), _("Possiamo, da questo giorno"), Accept, lambda found: found.may_answer,
        lambda row, said, by, once: actions.accept(row, by=by, day=said["day"], once=once),
        _("Grazie. Lo abbiamo detto alla persona e a chi la segue."),
    ),
    "non-possiamo": PartnerAct(
        _("Non possiamo"), _("Non possiamo"), Decline, lambda found: found.may_answer,
        lambda row, said, by, once: actions.decline(
            row, by=by, reason=said["reason"], words=said["said"], available_from=said["available_from"], once=once),
        _("Grazie. Lo abbiamo detto a chi ha mandato la richiesta."),
    ),
    "chiedo": PartnerAct(
        _("Chiedo una cosa"), _("Invia la domanda"), Question, lambda found: found.may_ask,
        lambda row, said, by, once: actions.ask(row, by=by, words=said["text"], once=once),
        _("Domanda inviata. Vi scriviamo appena c'è la risposta."), folded=True,
    ),
    "esito": PartnerAct(
        _("Com'è andata?"), "", Outcome, lambda found: found.may_say_outcome and not found.service_outcome,
        lambda row, said, by, once: actions.said_by_service(row, by=by, outcome=said["outcome"], once=once),
        _("Grazie, lo abbiamo scritto."), choices=tuple(ANSWERS),
    ),
    "scheda": PartnerAct(
        _("La vostra scheda"), _("È ancora così"), PartnerForm, _always,
        lambda row, _said, by, once: actions.confirm_card(row, by=by, once=once),
        _("La scheda è confermata. Grazie."),
    ),
    "posti": PartnerAct(
        _("Correggi i posti"), _("Salva i posti"), Places, _always,
        lambda row, said, by, once: actions.set_places(row, by=by, once=once, **said),
        _("Posti salvati: chi cerca un servizio li vede subito."), folded=True,
    ),
}  # fmt: skip
CARD = ("scheda", "posti")
