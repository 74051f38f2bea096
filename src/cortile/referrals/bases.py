"""On what a referral rests (I3): her yes, a public task with its notice, or an urgent duty with the supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cortile.agencies.models import Staff


@dataclass(frozen=True, slots=True)
class Yes:
    """The person said yes, to the very words read to her. Source: GDPR art. 6(1)(a) and 7."""

    words: str
    evidence: str = "spoken"
    language: str = "it"
    # Ninety days from today when nothing is said.
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublicTask:
    """The law gives us the task, and she was told, with these words. Source: GDPR art. 6(1)(e) and 13."""

    notice: str


@dataclass(frozen=True, slots=True)
class UrgentDuty:
    """It cannot wait: a supervisor, who is not who sends, decided it, and why. Source: GDPR art. 6(1)(d)."""

    supervisor: Staff
    why: str


Basis = Yes | PublicTask | UrgentDuty
