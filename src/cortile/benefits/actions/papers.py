"""What is asked of who applied, what comes back, and a datum put right: never overwritten, always with whose word it is."""

from __future__ import annotations

from datetime import date, timedelta

from cortile.benefits import access, examining, procedure
from cortile.benefits.actions import lines
from cortile.benefits.actions.steps import check, move, step
from cortile.benefits.models import Application, Datum, Step
from cortile.benefits.rules.deciding import most_of
from cortile.kit import clock, dates
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.people.behalf import in_place_of


@action("application.documents_asked")
def ask_documents(application_id: int, *, by: Actor, which: str, text: str = "", days: int, once: str = "") -> Step:
    """Ask for a paper through the request: she is told, and has the ball. The legal clock stops once (L. 241/1990 art. 2 c. 7).

    ``which`` is what is missing, ``text`` what helps to find it, ``days`` how many are given. Raise ``NotVisible``, or
    ``Refused`` with ``wrong-moment`` or ``days-missing``.
    """
    row = started("ask_documents", application_id, by, "examine")
    check(which.strip() and 1 <= days <= procedure.LONGEST_FOR_AN_ANSWER, "days-missing")
    due = procedure.days_after(clock.today(), days)
    asked = step(row, "documents_asked", by, which.strip(), due=due, help=text.strip())
    move(row, "documents")
    # Also where the ball is hers already, or her request was closed: the same words, in the same place.
    listening.give_outcome(row.thread, by=by, key="missing", values={"what": _asked(which, text, due)}, ended=False, awaits=True)
    done("U", row, persons=[row.applicant_id], fields=["contribution"])
    return asked


def _asked(which: str, text: str, due: date) -> str:
    """Say what is missing and by when, as words that go on after «Ci manca una cosa»."""
    hint = f" ({text.strip().rstrip('.')})" if text.strip() else ""
    return f"{which.strip().rstrip('.')}{hint}, entro {dates.plain_day(due, 'it')}"


@action("application.documents_received")
def receive_documents(application_id: int, *, by: Actor, text: str = "", brought: bool = True, once: str = "") -> Application:
    """Note that what was asked has come, or with ``brought`` false that its days are over: the file is ours again.

    The legal clock goes on. What was brought to a desk stands in her request too, and gives the ball back.

    Raise ``NotVisible`` or ``Refused('wrong-moment')``.
    """
    row = started("receive_documents", application_id, by, "examine")
    asked = Step.objects.filter(application=row, kind="documents_asked")
    first, waiting = asked.order_by("pk").first(), asked.filter(met_at=None)
    since, earlier = waiting.order_by("pk").first(), Step.objects.filter(application=row, kind="documents_in").exists()
    if first is not None and since is not None:
        stopped = procedure.papers_stop(clock.local(since.at).date(), clock.today(), earlier=earlier)
        push(row, stopped)
    waiting.update(met_at=clock.now())
    step(row, "documents_in", by, text.strip(), brought=brought)
    move(row, "submitted")
    if brought and row.thread.state == "waiting_you":
        words = text.strip() or "Documenti portati."
        listening.tenant_writes(row.thread, by=in_place_of(by, row.applicant), text=words, channel="paper")
    done("U", row, persons=[row.applicant_id], fields=["contribution"])
    return row


@action("application.datum_corrected")
def correct_datum(
    application_id: int, *, by: Actor, name: str, value: int | None, source: str, evidence: str = "", as_of: date | None = None,
    expires_on: date | None = None, reason: str, exact: bool = True, once: str = "",
) -> Datum:  # fmt: skip
    """Write a datum anew, with its source and why: the earlier one stays. Nothing decided changes by itself.

    ``value`` is as the rule's input takes it: cents, a count, the position of a code, 0 or 1. Raise ``NotVisible``, or
    ``Refused`` with ``wrong-moment``, ``reason-missing`` or ``datum-impossible``.
    """
    row = held_for("correct_datum", application_id, by, "examine")
    check(reason.strip() and source.strip(), "reason-missing")
    known = {found.name: found for found in row.version.rule.inputs}
    check(name in known and (value is None or 0 <= value <= most_of(known[name])), "datum-impossible")
    written = Datum.objects.create(
        agency_id=row.agency_id, application=row, name=name, value=value, exact=exact, source=source.strip(),
        evidence=evidence.strip(), as_of=as_of, expires_on=expires_on, said_by=by.name, at=clock.now(),
    )  # fmt: skip
    step(row, "note", by, reason.strip(), datum=name)
    if row.state != "decided":
        lines.take_place(row, by=by)
    done("U", row, persons=[row.applicant_id], fields=["contribution"], reason=reason)
    return written


def started(act: str, application_id: int, by: Actor, right: str) -> Application:
    """Take a file for an act: who (access), then what its state allows (procedure)."""
    row = access.held(by, application_id, right)
    check(procedure.allowed(act, examining.standing(row)), "wrong-moment")
    return row


def held_for(act: str, application_id: int, by: Actor, right: str) -> Application:
    """Take a file as ``started`` does; one that was decided too, where no signature is awaited."""
    row = access.held(by, application_id, right)
    found = examining.standing(row)
    check(procedure.allowed(act, found) or (found.state == "decided" and not found.proposed), "wrong-moment")
    return row


def push(row: Application, days: int) -> None:
    """Move the legal last day by the days the clock stood still."""
    if days:
        row.due += timedelta(days=days)
        row.save(update_fields=["due"])
