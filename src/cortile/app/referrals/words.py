"""What a referral says to its person: where it went, in her words, and what she may do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy, override

from cortile.kit import clock, dates, languages
from cortile.kit.actor import Actor, Kind
from cortile.referrals import fields, rules

SOURCE = "it"
# The step of the access ladder from which money is told.
IDENTIFIED = 2
STATES = {
    "requested": gettext_lazy("Abbiamo scritto al servizio. Aspettiamo la risposta."),
    "received": gettext_lazy("Il servizio ha letto la richiesta. Aspettiamo la risposta."),
    "accepted": gettext_lazy("Il servizio ha detto sì."),
    "rejected": gettext_lazy("Il servizio ha detto no. Cerchiamo un altro aiuto."),
    "on-hold": gettext_lazy("Il servizio ci ha chiesto una cosa. Rispondiamo noi."),
    "in-progress": gettext_lazy("Chiediamo com'è andata."),
    "completed": gettext_lazy("È finita."),
    "cancelled": gettext_lazy("Non è più con questo servizio."),
    "failed": gettext_lazy("Non ha aiutato. Cerchiamo un altro aiuto."),
}
OUTCOMES = {
    "met": gettext_lazy("Sì, mi è servito"), "partly": gettext_lazy("In parte"), "no": gettext_lazy("No, non mi è servito"),
    "did_not_arrive": gettext_lazy("Non ci sono andata, o andato"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A referral on its person's page."""

    number: int
    service: str
    state: str
    is_open: bool
    from_day: date | None
    labels: str
    # The permission that stands: its number and its last day.
    consent: int | None
    until: date | None
    withdrawn: bool
    asks: bool
    said: str
    # Whether the service may still read what was said.
    reads: bool


def told(row: Any) -> Told:  # noqa: ANN401 -- a model closed to doors
    """Return a referral as its person reads it."""
    yes = row.consent
    stands = yes is not None and yes.stands and rules.is_open_to_service(row.state) and row.is_open
    return Told(
        row.number, row.service.name, str(STATES[row.state]), row.is_open, row.accepted_for if row.is_open else None,
        dates.listed(row.labels, get_language() or SOURCE), yes.pk if stands else None, yes.ends_on if stands else None,
        yes is not None and yes.withdrawn_at is not None, rules.allowed("outcome", row.state) and not row.person_outcome,
        str(OUTCOMES.get(row.person_outcome, "")), row.is_open and rules.is_open_to_service(row.state),
    )  # fmt: skip


def facts(row: Any, by: Actor) -> list[tuple[str, str]]:  # noqa: ANN401 -- a model closed to doors
    """Return what was said of her, label and value, to herself: nothing where only the names of the data may be shown.

    Whoever holds a telephone, or represents her for some things, may be reading: they see which data went, never what they say.
    How the rent goes is read by who was identified (step A2), as on the page of the rent.
    """
    if by.kind != Kind.TENANT or by.by_phone_code:
        return []
    kept = {str(field.label) for field in fields.FIELDS.values() if field.lane == "economic" and by.step < IDENTIFIED}
    return [(label, value) for label, value in row.given if label not in kept]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, and the language it is in."""

    words: str
    language: str

    @property
    def mark(self) -> str:
        """Return a short mark that the page carries: a yes is to the very words that were shown."""
        return hashlib.sha256(f"{self.language}:{self.words}".encode()).hexdigest()[:16]


def sentence(service: str, asked: str) -> Spoken:
    """Return the very words of a yes given in the app, shown and kept alike.

    In her language when somebody has read its translation, in Italian otherwise (``kit/languages.toml``). Source: GDPR art. 7(2).
    """
    language = asked if languages.reviewed(asked) else SOURCE
    with override(language):
        said = gettext(
            "Do il permesso a «%(service)s» di vedere i dati scelti qui sopra, fino a %(until)s. Lo posso ritirare quando voglio."
        )
    return Spoken(said % {"service": service, "until": dates.long_day(clock.today() + rules.LONGEST_CONSENT, language)}, language)
