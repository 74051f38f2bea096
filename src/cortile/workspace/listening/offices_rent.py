"""What the rents office writes beside a debt, on the page of its question: a plan, an application waiting, and their end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cortile.accounts import actions
from cortile.accounts.words import KIND_LABELS
from cortile.kit import money
from cortile.kit.actor import Actor
from cortile.kit.forms import Chips, day, text
from cortile.kit.refusals import NotVisible
from cortile.listening.reads import Question
from cortile.workspace.listening.offices_acts import OFFICE_ACTS, OfficeAct, OfficeForm


class Protect(OfficeForm):
    """What protects the contract, until when, and what is paid a month."""

    kind = forms.ChoiceField(label=_("Che cosa protegge il contratto?"), widget=Chips, choices=list(KIND_LABELS.items()))
    until = day(_("Fino a quando?"), hint=_("Per una domanda: quando arriva la risposta, se si sa."), required=False)
    instalment = forms.CharField(
        label=_("La rata, al mese"), required=False, max_length=12, help_text=_("Solo per un piano. Per esempio: 80 o 82,50."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )  # fmt: skip

    def clean_instalment(self) -> int | None:
        """Read the amount as cents."""
        written = self.cleaned_data["instalment"]
        try:
            return money.cents(written) if written else None
        except ValueError:
            raise ValidationError(_("Questo non è un importo. Scrivi euro e centesimi: 82,50.")) from None


class EndProtection(OfficeForm):
    """Which protection ends, and why."""

    protection = forms.TypedChoiceField(label=_("Che cosa finisce?"), coerce=int, widget=Chips)
    reason = text(_("Perché finisce?"), rows=2)

    def prepare(self, question: Question) -> None:
        """Offer what protects the contract today."""
        self.offer("protection", [(p.pk, p.kind_label) for a in question.rent for p in a.protected_by])


def _protect(question: Question, words: dict[str, Any], by: Actor, once: str) -> object:
    if not question.rent:
        raise NotVisible
    account = max(question.rent, key=lambda a: a.balance_cents)
    return actions.protect(
        account, by=by, kind=words["kind"], until=words["until"], instalment_cents=words["instalment"], once=once
    )


def _end(question: Question, words: dict[str, Any], by: Actor, once: str) -> object:
    found = next((p for a in question.rent for p in a.protected_by if p.pk == words["protection"]), None)
    if found is None:
        raise NotVisible
    return actions.end_protection(found, by=by, reason=words["reason"], once=once)


RENT_ACTS: dict[str, OfficeAct] = {
    "proteggi": OfficeAct(
        _("Scrivi un piano di rate o una domanda in attesa"), _("Salva"), Protect, _protect,
        _("Salvato. Chi ha il contratto lo legge accanto al debito."),
    ),
    "fine-protezione": OfficeAct(
        _("Un piano o una domanda è finita"), _("Salva la fine"), EndProtection, _end, _("Salvato, con il motivo."),
    ),
}  # fmt: skip
ACTS = OFFICE_ACTS | RENT_ACTS


def offered(slug: str, question: Question) -> bool:
    """Tell whether an act has something to act on: money only where the office sees it, an end only of what stands."""
    if slug == "fine-protezione":
        return any(a.protected_by for a in question.rent)
    return bool(question.rent) if slug in RENT_ACTS else slug != "prendi" or question.hand_over.state == "sent"
