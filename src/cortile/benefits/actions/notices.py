"""The notice before a no (L. 241/1990 art. 10-bis): what fails, by how much, what mends it, and the days to answer."""

from __future__ import annotations

from datetime import date

from cortile.benefits import letters, procedure, tracing
from cortile.benefits.actions.papers import push, started
from cortile.benefits.actions.steps import check, move, step
from cortile.benefits.models import Application, Step
from cortile.benefits.rules.deciding import Outcome
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening import actions as listening
from cortile.people.behalf import in_place_of

NO = frozenset({Outcome.NOT_ELIGIBLE, Outcome.REFER})


@action("application.notice_sent")
def send_notice(application_id: int, *, by: Actor, grounds: str = "", once: str = "") -> Step:
    """Tell her why the answer would be no, before it is one. The clock stops until ten days after her answer (art. 10-bis).

    The words are made of what fails. Raise ``NotVisible``, or ``Refused`` with ``wrong-moment``, ``notice-off`` where the call
    has none, ``datum-missing``, ``no-failure``, or ``grounds-missing`` where the texts leave a doubt.
    """
    row = started("send_notice", application_id, by, "examine")
    terms = row.version.terms
    check(terms.preliminary_notice, "notice-off")
    found = tracing.judged(row)
    check(found.decision.outcome != Outcome.MISSING, "datum-missing")
    check(found.decision.outcome in NO, "no-failure")
    check(found.decision.outcome != Outcome.REFER or grounds.strip(), "grounds-missing")
    until = procedure.days_after(clock.today(), terms.observation_days)
    values = letters.notice(found, until=until, days=terms.observation_days, grounds=grounds)
    message = listening.give_outcome(row.thread, by=by, key="application_notice", values=values, ended=False, awaits=True)
    sent = step(row, "notice", by, message.body_it, due=until, message=message.pk)
    move(row, "notice")
    done("U", row, persons=[row.applicant_id], fields=["contribution"])
    return sent


@action("application.notice_received")
def note_receipt(application_id: int, *, by: Actor, day: date, once: str = "") -> Step:
    """Note on which day the notice reached her: her days are counted from there. They never grow fewer.

    Raise ``NotVisible`` or ``Refused('wrong-moment')``, also for a day still to come.
    """
    row = started("note_receipt", application_id, by, "examine")
    sent = Step.objects.filter(application=row, kind="notice", met_at=None).latest("pk")
    check(clock.local(sent.at).date() <= day <= clock.today(), "wrong-moment")
    until = procedure.days_after(day, row.version.terms.observation_days)
    sent.due, sent.data = max(until, sent.due or until), sent.data | {"received": day.isoformat()}
    sent.save(update_fields=["due", "data"])
    done("U", row, persons=[row.applicant_id], fields=["contribution"])
    return sent


@action("application.observations_taken")
def take_observations(application_id: int, *, by: Actor, text: str, channel: str = "paper", once: str = "") -> Step:
    """Take in what she answers to a notice, said by her or written by who sits beside her: it is read before anything is decided.

    Raise ``NotVisible``, or ``Refused`` with ``wrong-moment`` or ``reason-missing``.
    """
    row = started("take_observations", application_id, by, "examine" if by.kind in {Kind.STAFF, Kind.SYSTEM} else "ask")
    check(text.strip(), "reason-missing")
    close_notice(row, answered=True)
    said = step(row, "observations", by, text.strip())
    move(row, "submitted")
    listening.tenant_writes(row.thread, by=in_place_of(by, row.applicant), text=text.strip(), channel=channel)
    done("U", row, persons=[row.applicant_id], fields=["contribution"])
    return said


def close_notice(row: Application, *, answered: bool) -> None:
    """Let the clock go on after a notice: it stood still until ten days after the answer, or after the last day for one."""
    sent = Step.objects.filter(application=row, kind="notice").order_by("-pk").first()
    if sent is None or sent.due is None or sent.data.get("counted"):
        return
    stopped = procedure.notice_stops(clock.local(sent.at).date(), sent.due, clock.today() if answered else None)
    push(row, stopped)
    sent.met_at, sent.data = clock.now() if answered else sent.met_at, sent.data | {"counted": stopped}
    sent.save(update_fields=["met_at", "data"])
