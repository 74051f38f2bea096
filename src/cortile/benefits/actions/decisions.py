"""The second signature: the outcome is in force, the money follows it, and she is told why, how much, and what she can do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cortile.benefits import examining, judging, letters, procedure, reads, tracing
from cortile.benefits.actions import changes, lines
from cortile.benefits.actions.papers import started
from cortile.benefits.actions.protections import unprotect
from cortile.benefits.actions.steps import check, move, staff_id, step
from cortile.benefits.judging import Judged
from cortile.benefits.models import Application, Decision, Step
from cortile.benefits.procedure import WITH_MONEY
from cortile.benefits.rules import fingerprints
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening import actions as listening


@action("application.decided")
def decide(application_id: int, *, by: Actor, once: str = "") -> Decision:
    """Sign what somebody else proposed. Money goes where the outcome says; where it ends before, the outcome says that too.

    Raise ``NotVisible``, or ``Refused`` with ``wrong-moment``, ``helped-it``, ``own-proposal``, ``datum-changed``, or what the
    ledger refuses.
    """
    row = started("decide", application_id, by, "decide")
    found = Decision.objects.select_for_update(of=("self",)).select_related("version").get(examining.OPEN, application=row)
    check(by.kind == Kind.STAFF and found.proposed_by_id is not None, "own-proposal")
    check(found.helped_by_id is None or found.helped_by_id != staff_id(by), "helped-it")
    check(found.proposed_by_id != staff_id(by), "own-proposal")
    check(not _changed_since(row, found), "datum-changed")
    before = _in_force(row)
    paid = changes.standing_on(row, "paid")
    _sign(row, found, before, by)
    _end(row, found, by)
    _tell(row, found, before, paid, by)
    done("U", found, persons=[row.applicant_id], fields=["contribution"])
    return found


def _changed_since(row: Application, found: Decision) -> bool:
    """Tell whether a datum was written after a proposal: nobody signs what is no longer so."""
    if found.kind not in {"first", "review"}:
        return False
    today = tracing.judged(row)
    facts = judging.facts_of(today)
    return fingerprints.fingerprint(found.version.fingerprint, today.figures, facts) != found.fingerprint


def _in_force(row: Application) -> Decision | None:
    return Decision.objects.filter(application=row, decided_at__isnull=False).order_by("-number").first()


def _sign(row: Application, found: Decision, before: Decision | None, by: Actor) -> None:
    """Move the money, then write the signature: once signed, the row never changes."""
    had = before.granted_cents if before else 0
    if found.kind == "first":
        cents = lines.settle(row, found, by=by) if found.outcome == "granted" else 0
    else:
        cents = changes.follow(row, found, had, by=by)
    if not found.award_cents:
        lines.give_back(row, by=by, reason="domanda non accolta")
    if found.outcome in WITH_MONEY:
        found.outcome = "granted" if cents == found.award_cents else "partly" if cents else "waiting"
    found.granted_cents, found.decided_by_id, found.decided_at = cents, staff_id(by), clock.now()
    found.save(update_fields=["outcome", "granted_cents", "decided_by", "decided_at"])


def _end(row: Application, found: Decision, by: Actor) -> None:
    move(row, "decided", found.outcome)
    Step.objects.filter(application=row, kind="review_asked", met_at=None).update(met_at=clock.now())
    unprotect(row)
    kind = "corrected" if found.kind == "correction" else "decided"
    step(row, kind, by, found.grounds, outcome=found.outcome, decision=found.number)


def _tell(row: Application, found: Decision, before: Decision | None, paid: int, by: Actor) -> None:
    """Say it through her request: never closed without her yes (I2), never without a way on (I6)."""
    until = procedure.days_after(clock.today(), row.version.terms.review_days)
    judged = tracing.of_decision(found)
    key, values = _words(found, before, paid, judged, until)
    if found.kind != "correction" and found.outcome == "waiting":
        # The truth of the moment: where she stands, and how far the money goes (M11).
        place = reads.place_of(row, by=by)
        values = {**values, "position": place.place or place.of, "reached": place.reached}
    listening.give_outcome(row.thread, by=by, key=key, values=values, ended=found.outcome != "waiting")


def _words(found: Decision, before: Decision | None, paid: int, judged: Judged, until: date) -> tuple[str, Mapping[str, object]]:
    terms, had = found.version.terms, before.granted_cents if before else 0
    if found.kind == "revocation":
        return "application_revoked", letters.revoked(until=until, cents=had, paid=paid, reason=found.grounds)
    if found.kind == "correction":
        return "application_corrected", letters.corrected(
            judged, terms, until=until, before=had, cents=found.granted_cents, reason=found.grounds
        )
    if found.outcome == "refused":
        return "application_refused", letters.refused(judged, until=until, grounds=found.grounds)
    return f"application_{found.outcome}", letters.granted(judged, terms, until=until, cents=found.granted_cents)
