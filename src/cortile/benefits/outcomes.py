"""What became of an application, as its applicant reads it; and a decision worked out again from its own row."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cortile.benefits import access, examining, letters, procedure, tracing
from cortile.benefits.examining import SEEN
from cortile.benefits.models import Application, Decision
from cortile.benefits.tracing import Recomputed, Trace
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.messages.models import Message


def decision_recomputed(decision_id: int, *, by: Actor) -> Recomputed:
    """Work a decision out again from its version, its figures and its data, whatever was published since. Raise ``NotVisible``."""
    rows = Decision.objects.select_related("version", "application")
    found = rows.filter(pk=decision_id, application__in=access.applications_visible_to(by, "read")).first()
    if found is None:
        raise NotVisible
    audit.seen("application.read", by=by, persons=[found.application.applicant_id], fields=SEEN, thing=found.application)
    return tracing.recomputed(found)


class Outcome(NamedTuple):
    """An outcome as its applicant reads it: in words, with the checks, the sum, the last day to ask again, and the law folded."""

    application: Application
    decision: Decision | None
    message: str
    language: str
    trace: Trace
    last_day: date | None
    may_ask: bool
    asked: bool
    legal: list[str]


def outcome_for(number: int, *, by: Actor) -> Outcome:
    """Return the outcome of one's own application. Raise ``NotVisible`` for anybody else's, and where none was told yet."""
    found = access.the_application(by, number)
    rows = Decision.objects.filter(application=found, decided_at__isnull=False).select_related("version")
    decision = rows.order_by("-number").first()
    told_her = _told_her(found)
    if told_her is None:
        raise NotVisible
    version = decision.version if decision else found.version
    trace = tracing.said(tracing.of_decision(decision)) if decision else tracing.trace_of(found)
    until, asked = review_until(found), examining.standing(found).in_review
    may = until is not None and clock.today() <= until and not asked and found.outcome != "revoked"
    keys = {reason.requirement.key: reason for reason in trace.judged.decision.reasons}
    audit.seen("application.read", by=by, persons=[found.applicant_id], fields=SEEN, thing=found)
    return Outcome(
        found, decision, told_her.body, told_her.language, trace, until, may, asked,
        letters.legal(version.rule, version.terms, keys),
    )  # fmt: skip


def review_until(application: Application) -> date | None:
    """Return the last day to ask for a new look, or None while nothing is decided."""
    if application.decided_at is None:
        return None
    return procedure.days_after(clock.local(application.decided_at).date(), application.version.terms.review_days)


def _told_her(application: Application) -> Message | None:
    rows = Message.objects.filter(about_thing="listening.thread", about_id=application.thread_id, key__startswith="application_")
    return rows.order_by("-pk").first()
