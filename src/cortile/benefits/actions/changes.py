"""Money that follows a decision changed: more is committed as far as the envelope reaches, less is freed or asked back."""

from __future__ import annotations

from django.db.models import Sum

from cortile.benefits.actions import ledger
from cortile.benefits.models import Application, Decision, Envelope, Posting
from cortile.kit.actor import Actor


def follow(application: Application, decision: Decision, had: int, *, by: Actor) -> int:
    """Bring the money of an application from ``had`` cents to what a decision gives, and return the cents that reached it."""
    envelope = Envelope.objects.filter(call=application.call).first()
    wanted = decision.award_cents
    if envelope is None:
        return wanted
    ledger.lock(envelope.pk)
    if wanted < had:
        _less(envelope, application, decision, had - wanted, by=by)
        return wanted
    return had + _more(envelope, application, decision, wanted - had, by=by)


def standing_on(application: Application, account: str) -> int:
    """Return what stands for an application on an account now, in cents."""
    sides = Posting.objects.filter(entry__application=application, account=account)
    return sides.aggregate(cents=Sum("cents"))["cents"] or 0


def _more(envelope: Envelope, application: Application, decision: Decision, cents: int, *, by: Actor) -> int:
    kept = standing_on(application, "reserved")
    fits = min(cents, kept + ledger.balance(envelope, "available"))
    if fits > kept:
        _post(envelope, "reserve", fits - kept, application, decision, by=by)
    if fits:
        _post(envelope, "commit", fits, application, decision, by=by)
    return fits


def _less(envelope: Envelope, application: Application, decision: Decision, cents: int, *, by: Actor) -> None:
    """Free what was not paid yet, then ask back what was: an over-award is a debt with a name, never a hole."""
    free = min(cents, standing_on(application, "committed"))
    if free:
        _post(envelope, "free", free, application, decision, by=by)
    back = min(cents - free, standing_on(application, "paid"))
    if back:
        _post(envelope, "recover", back, application, decision, by=by)


def _post(envelope: Envelope, move: str, cents: int, application: Application, decision: Decision, *, by: Actor) -> None:
    reason = {"revocation": "contributo tolto", "review": "nuovo esame"}.get(decision.kind, "conto rifatto")
    key = f"{move}:{application.pk}:{decision.number}"
    ledger.post(envelope, move, cents, by=by, reason=reason, key=key, application=application, decision=decision)
