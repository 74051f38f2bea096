"""What the sender does with a referral: answer the service's question, send elsewhere, take it back, write how it went for her."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import Actor
from cortile.kit.forms import Form, text
from cortile.people.behalf import in_place_of
from cortile.referrals import access, actions, rules, words

# What a person or a service can answer; «no reply» is no answer of theirs: an act apart writes it.
ANSWERS = [(key, label) for key, label in words.OUTCOME_LABELS.items() if key != "no_reply"]


class Answer(Form):
    """The answer to the service's question."""

    text = text(
        _("La risposta"), rows=3,
        hint=_("Queste parole escono da qui e arrivano al servizio. Scrivi solo quello che serve: nessun dato che non era scelto."),
    )  # fmt: skip


class Reason(Form):
    """Why it is taken back."""

    reason = text(_("Perché lo riprendi"), rows=2)


class Tap(Form):
    """An act that is a button and nothing to fill in."""


class Outcome(Form):
    """How it went for the person: each answer is a button."""

    outcome = forms.ChoiceField(choices=ANSWERS)


@dataclass(frozen=True, slots=True)
class ReferralAct:
    """One thing the sender can do; ``first`` stands open on the page, the rest is folded."""

    title: object
    verb: object
    form: type[Form]
    fits: Callable[[Any], bool]
    run: Callable[[Any, dict[str, Any], Actor, str], object]
    done: object
    first: bool = False
    choices: tuple[tuple[str, object], ...] = ()


def _person_said(it: Any, said: dict[str, Any], by: Actor, once: str) -> object:  # noqa: ANN401 -- doors import no models
    return actions.said_by_person(it, by=in_place_of(by, it.person), outcome=said["outcome"], once=once)


def _service_is_silent(it: Any, _said: dict[str, Any], by: Actor, once: str) -> object:  # noqa: ANN401 -- doors import no models
    return actions.said_by_service(it, by=by, outcome="no_reply", once=once)


def _still_silent(it: Any) -> bool:  # noqa: ANN401 -- doors import no models
    """Tell whether a service was asked how it went and has not said: only then «it did not answer» is an honest end."""
    return rules.allowed("outcome", it.state) and it.outcome_asked_at is not None and not it.service_outcome


def _person_is_silent(it: Any, _said: dict[str, Any], by: Actor, once: str) -> object:  # noqa: ANN401 -- doors import no models
    return actions.said_by_person(it, by=by, outcome="no_reply", once=once)


def _she_is_silent(it: Any) -> bool:  # noqa: ANN401 -- doors import no models
    """Tell whether she was asked how it went, some days ago, and has not said."""
    return rules.allowed("outcome", it.state) and it.may_say_silent and not it.person_outcome


def _yes_withdrawn(it: Any, _said: dict[str, Any], by: Actor, once: str) -> object:  # noqa: ANN401 -- doors import no models
    """Take her yes back as she asks, spoken as it was given: as easy to withdraw as to give. Source: GDPR art. 7(3)."""
    if it.consent is None:
        raise access.refuse("not-in-this-state")
    return actions.withdraw_consent(it.consent, by=in_place_of(by, it.person), once=once)


REFERRAL_ACTS: dict[str, ReferralAct] = {
    "rispondi": ReferralAct(
        _("Rispondi alla loro domanda"), _("Invia la risposta"), Answer, lambda it: it.state == "on-hold",
        lambda it, said, by, once: actions.answer(it, by=by, words=said["text"], once=once),
        _("Risposta inviata al servizio."), first=True,
    ),
    "servito": ReferralAct(
        _("È servito, per la persona?"), "", Outcome, lambda it: rules.allowed("outcome", it.state) and not it.person_outcome,
        _person_said, _("Scritto: lo dice la persona."), first=True, choices=tuple(ANSWERS),
    ),
    "non-risposto": ReferralAct(
        _("Il servizio non ha risposto"), words.OUTCOME_LABELS["no_reply"], Tap, _still_silent, _service_is_silent,
        words.OUTCOME_LABELS["no_reply"],
    ),
    "persona-non-risposto": ReferralAct(
        _("La persona non ha risposto"), words.OUTCOME_LABELS["no_reply"], Tap, _she_is_silent, _person_is_silent,
        words.OUTCOME_LABELS["no_reply"],
    ),
    "ritira-permesso": ReferralAct(
        words.STEP_LABELS["withdrawn"], _("Ritira il permesso"), Tap,
        lambda it: it.is_open and it.consent is not None and it.consent.withdrawn_at is None, _yes_withdrawn,
        _("Ritirato. Il link del servizio non apre più niente."),
    ),
    "riprendi": ReferralAct(
        _("Ritira l'invio"), _("Ritira l'invio"), Reason, lambda it: it.is_open,
        lambda it, said, by, once: actions.revoke(it, by=by, reason=said["reason"], once=once),
        _("Ritirato. Il link del servizio non apre più niente."),
    ),
}  # fmt: skip
