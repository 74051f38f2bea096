"""Money along the line: kept aside in order, committed by a decision, given back and passed on. Nobody is passed over.

Each step runs inside an act, under the envelope's lock: what one sees, nobody else changes before it is over.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum

from cortile.benefits import judging, tracing
from cortile.benefits.actions import ledger
from cortile.benefits.actions.steps import check
from cortile.benefits.judging import Told
from cortile.benefits.line import Line
from cortile.benefits.models import Application, Decision, Entry, Envelope, Posting
from cortile.benefits.rules.allocating import Last, Strategy
from cortile.benefits.rules.deciding import Outcome
from cortile.kit.actor import Actor

# Whoever's order is not known yet stands behind who can be ordered, by arrival.
LAST_IN_LINE = 2**62
ARRIVED, CAME_BACK, LESS = "domanda arrivata", "soldi di nuovo nella fila", "spetta meno di quanto tenuto da parte"


def take_place(application: Application, *, by: Actor) -> None:
    """Work out anew what an application asks for and where it stands, after a correction or a paper.

    Where who comes first is first served its money is kept; what is more than it asks for now goes on to who waits.
    """
    work_out(application, tracing.told([application.pk])[application.pk])
    application.save(update_fields=["asked_cents", "line_order"])
    envelope = envelope_of(application)
    if envelope is not None:
        ledger.lock(envelope.pk)
        _release(application, kept_for(application) - application.asked_cents, by=by, reason=LESS)
        refill(envelope, by=by, reason=ARRIVED)


def work_out(application: Application, told: Mapping[str, Told]) -> None:
    """Set what an application asks for, in cents, and what orders the line; nothing is written yet.

    It is judged as whoever examines it will: on the day it arrived, and what was out of date by then is not known. An ISEE
    known only against the thresholds says on which side of them somebody is, and not who needs it more: they stand behind
    who can be ordered.
    """
    version = application.version
    judged = judging.judge(version.rule, told, tracing.arrived_on(application))
    application.asked_cents = 0 if judged.decision.outcome == Outcome.NOT_ELIGIBLE else judged.decision.award
    isee = told.get("isee", judging.NOBODY)
    known = isee.value if isee.exact and isee.good_on(judged.day) else None
    by_need = version.terms.strategy == Strategy.PRIORITY
    application.line_order = (LAST_IN_LINE if known is None else known) if by_need else 0


def arrived(application: Application, *, by: Actor) -> None:
    """Keep aside the money of an application that just came, where who comes first is first served and there is some left.

    Its call's arrivals are held, so that places and money follow the same order.
    """
    if application.version.terms.strategy != Strategy.FIRST_COME or not application.asked_cents:
        return
    envelope = Envelope.objects.select_for_update(no_key=True).filter(call_id=application.call_id).first()
    if envelope is not None:
        _pass_on(Line(envelope, arrived_under=application.version), by=by, reason=ARRIVED, but=0)


def envelope_of(application: Application) -> Envelope | None:
    """Return the envelope of an application's call, if one was opened."""
    return Envelope.objects.filter(call_id=application.call_id).first()


def refill(envelope: Envelope, *, by: Actor, reason: str = CAME_BACK, but: int = 0) -> int:
    """Keep what is available aside for who waits, in order, and return the cents. ``but`` is an application that just left.

    Nobody is passed over: where the next in line does not fit, the line stops, or they get what is left. Shares that were cut
    alike stay as the list says: what comes back is for another list.
    """
    ledger.lock(envelope.pk)
    return _pass_on(Line(envelope), by=by, reason=reason, but=but)


def _pass_on(line: Line, *, by: Actor, reason: str, but: int) -> int:
    """Refill a line whose envelope is held."""
    left = ledger.balance(line.envelope, "available")
    if not left or not line.stands or line.strategy == Strategy.PROPORTIONAL or line.version is None:
        return 0
    partly, shares = line.version.terms.last == Last.PARTLY, []
    for one in line.waiting(left, but=but):
        cents = one.needs if one.needs <= left else left if partly else 0
        if cents:
            shares.append(ledger.Share(one.application_id, cents, f"reserve:{one.application_id}:{one.turns}"))
        left -= cents
        if cents < one.needs:
            break
    return ledger.write_all(line.envelope, "reserve", shares, by=by, reason=reason)


def settle(application: Application, decision: Decision, *, by: Actor) -> int:
    """Commit the money of a decision to grant, and return the cents it reaches: the award, a part of it, or nought.

    What was kept aside goes first, then what is left for this place in line; a smaller award than before gives the rest back,
    to who waits. Raise ``Refused`` with ``list-not-drawn`` where a list says who comes first and there is none yet.
    """
    envelope = envelope_of(application)
    if envelope is None:
        return decision.award_cents
    ledger.lock(envelope.pk)
    line = Line(envelope)
    check(line.stands, "list-not-drawn")
    bound, award = bound_for(application), decision.award_cents
    _free(application, decision, bound - award, by=by)
    _keep_more(envelope, line, application, award - bound, by=by)
    kept = kept_for(application)
    cents = min(max(award - bound, 0), kept)
    if cents:
        ledger.post(
            envelope, "commit", cents, by=by, reason="domanda accolta", key=f"commit:{decision.application_id}:{decision.number}",
            application=application, decision=decision,
        )  # fmt: skip
    _release(application, kept - cents, by=by, reason=LESS)
    refill(envelope, by=by, but=application.pk)
    return min(award, bound + cents)


def give_back(application: Application, *, by: Actor, reason: str) -> None:
    """Give back what an application that ended without money held, kept aside or committed, and pass it on along the line.

    What was paid is not there to give: it is recovered, by another movement.
    """
    envelope = envelope_of(application)
    if envelope is None:
        return
    ledger.lock(envelope.pk)
    _release(application, kept_for(application), by=by, reason=reason)
    _move(application, "free", _on(application, "committed"), by=by, reason=reason)
    refill(envelope, by=by, but=application.pk)


def kept_for(application: Application) -> int:
    """Return what stands reserved for an application now, in cents."""
    return _on(application, "reserved")


def bound_for(application: Application) -> int:
    """Return what was committed for an application or paid to it, in cents."""
    return _on(application, "committed", "paid")


def _on(application: Application, *accounts: str) -> int:
    sides = Posting.objects.filter(entry__application=application, account__in=accounts)
    return sides.aggregate(cents=Sum("cents"))["cents"] or 0


def _keep_more(envelope: Envelope, line: Line, application: Application, cents: int, *, by: Actor) -> None:
    """Keep aside what an award needs beyond what is kept, if money is left and nobody before it waits for that money."""
    more, left = cents - kept_for(application), ledger.balance(envelope, "available")
    if line.version is not None and line.version.terms.last == Last.PARTLY:
        more = min(more, left)
    if not 0 < more <= left:
        return
    waiting = line.waiting(1, but=application.pk)
    ahead = [one for one in waiting if line.strategy == Strategy.PROPORTIONAL or one.place < _place(line, application)]
    if not ahead:
        _move(application, "reserve", more, by=by, reason="spetta più di quanto tenuto da parte")


def _place(line: Line, application: Application) -> int:
    return line.asked(application.pk).place or LAST_IN_LINE


def _free(application: Application, decision: Decision, cents: int, *, by: Actor) -> None:
    """Take back what was committed beyond a smaller award; what was paid already is recovered apart."""
    _move(application, "free", min(cents, _on(application, "committed")), by=by, reason=LESS, decision=decision)


def _release(application: Application, cents: int, *, by: Actor, reason: str) -> None:
    _move(application, "release", cents, by=by, reason=reason)


def _move(application: Application, move: str, cents: int, *, by: Actor, reason: str, decision: Decision | None = None) -> None:
    """Make a movement of an application's own, as often as there is something to move."""
    envelope = envelope_of(application)
    if envelope is None or cents <= 0:
        return
    turn = Entry.objects.filter(application=application, move=move).count()
    ledger.post(
        envelope, move, cents, by=by, reason=reason, key=f"{move}:{application.pk}:{turn}", application=application,
        decision=decision,
    )  # fmt: skip
