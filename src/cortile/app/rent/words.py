"""The catalogue's texts about the rent, as somebody reads them: money is said in a language only by a translation somebody read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from cortile.kit import dates
from cortile.messages import rules

LETTERS = ("letter_reminder", "letter_formal", "letter_plan", "letter_slip")
# What operators will call the request.
TITLE = gettext_noop("Affitto: non riesce a pagare")
WHEN = {"phone": _("Quando ti chiamiamo?"), "visit": _("Quando vieni?")}


class Protecting(Protocol):
    """What a protection is said from."""

    kind: str
    instalment_cents: int | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its title, the language it is really in, and whether the body has still to confirm what it says."""

    title: str
    body: str
    language: str
    to_confirm: bool


def said(key: str, **values: object) -> Said:
    """Return a text of the catalogue in the reader's language, or in Italian where nobody has read the translation."""
    text = rules.render(key, get_language() or rules.SOURCE, **values)
    return Said(text.subject, text.body, text.language, rules.entries(rules.SOURCE)[key].to_confirm)


def letters() -> list[Said]:
    """Return the letters a landlord sends, each in plain words."""
    return [said(key) for key in LETTERS]


def arrears(cents: int) -> Said:
    """Return what we say to who owes: no blame, no threat, and the next step."""
    return said("rent_arrears", amount=_euro(cents))


def protection(row: Protecting) -> Said:
    """Return what protects a contract, as whoever owes reads it."""
    instalment = _euro(row.instalment_cents) if row.instalment_cents else ""
    return said(f"protected_{row.kind}", instalment=instalment, until=row.until or "")


def _euro(cents: int) -> str:
    """Say an amount in the language its text will be in."""
    language = get_language() or rules.SOURCE
    return dates.euro(cents, language if rules.may_say("money", language) else rules.SOURCE)
