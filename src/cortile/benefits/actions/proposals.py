"""An outcome proposed by one person for another to sign; sent back; taken back by who applied; a new look asked for."""

from __future__ import annotations

from cortile.benefits import access, examining, judging, letters, outcomes, procedure, tracing
from cortile.benefits.actions import lines
from cortile.benefits.actions.notices import close_notice
from cortile.benefits.actions.papers import started
from cortile.benefits.actions.protections import protect, unprotect
from cortile.benefits.actions.steps import check, move, refused, staff_id, step
from cortile.benefits.judging import Judged
from cortile.benefits.models import Application, CallVersion, Decision, Step
from cortile.benefits.rules import fingerprints
from cortile.benefits.rules.deciding import State
from cortile.kit import clock, plain_language
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.people.behalf import in_place_of

PROPOSED = ("granted", "refused")


@action("application.proposed")
def propose(application_id: int, *, by: Actor, outcome: str, grounds: str = "", once: str = "") -> Decision:
    """Propose how a file ends, ``granted`` or ``refused``, for somebody else to sign: what it rests on is frozen here.

    The rule decides; a person only where the texts leave a doubt, with grounds the applicant can read. Raise ``NotVisible``,
    or ``Refused`` with ``wrong-moment``, ``helped-it``, ``datum-missing``, ``rule-says-no``, ``rule-says-yes``,
    ``grounds-missing``, ``notice-first`` or ``texts-not-plain``.
    """
    row = started("propose", application_id, by, "examine")
    check(outcome in PROPOSED, "wrong-moment")
    check(row.helped_by_id is None or row.helped_by_id != staff_id(by), "helped-it")
    found, review = tracing.judged(row), row.state == "decided"
    code = procedure.why_not(
        outcome, found.decision.outcome, grounds=grounds, switch=row.version.terms.preliminary_notice and not review,
        notice=examining.last_notice(row), today=clock.today(), award=found.award,
    )  # fmt: skip
    check(not code, code)
    readable(grounds)
    made = freeze(row, found, by, kind="review" if review else "first", outcome=outcome, grounds=grounds)
    if not review:
        close_notice(row, answered=False)
        move(row, "proposed")
    step(row, "proposed", by, grounds.strip(), outcome=outcome)
    done("C", made, persons=[row.applicant_id], fields=["contribution"])
    return made


def freeze(
    row: Application, found: Judged, by: Actor, *, kind: str, outcome: str, grounds: str, award: int | None = None,
    version: CallVersion | None = None,
) -> Decision:  # fmt: skip
    """Write a proposal with everything it rests on: text, figures, data with source and date, masks, fingerprint."""
    text, facts = version or row.version, judging.facts_of(found)
    gives = found.award if award is None else award
    return Decision.objects.create(
        agency_id=row.agency_id, application=row, number=row.decisions.count() + 1, kind=kind, version=text,
        figures=found.figures, facts=facts, failed=found.mask(State.FAILED), missing=found.mask(State.MISSING),
        doubt=found.mask(State.DOUBT), fingerprint=fingerprints.fingerprint(text.fingerprint, found.figures, facts),
        outcome=outcome, award_cents=0 if outcome in {"refused", "revoked"} else gives, grounds=grounds.strip(),
        helped_by_id=row.helped_by_id, proposed_by_id=staff_id(by), proposed_at=clock.now(),
    )  # fmt: skip


def readable(words: str) -> None:
    """Refuse words an applicant could not read, with what is wrong with them: they stand in her letter."""
    if wrong := plain_language.problems(letters.whole(words)) if words.strip() else []:
        found = refused("texts-not-plain")
        raise Refused(found.code, found.sentence, f"{'. '.join(wrong)}.")


@action("application.sent_back")
def send_back(application_id: int, *, by: Actor, why: str, once: str = "") -> Decision:
    """Send a proposal back to who examines, with the reason.

    Raise ``NotVisible``, or ``Refused`` with ``wrong-moment`` or ``reason-missing``.
    """
    row = started("send_back", application_id, by, "decide")
    check(why.strip(), "reason-missing")
    found = _put_aside(row, why.strip())
    if row.state == "proposed":
        move(row, "submitted")
    step(row, "sent_back", by, why.strip())
    done("U", found, persons=[row.applicant_id], fields=["contribution"], reason=why)
    return found


def _put_aside(row: Application, why: str) -> Decision:
    found = Decision.objects.select_for_update().get(examining.OPEN, application=row)
    found.sent_back_at, found.sent_back_why = clock.now(), why
    found.save(update_fields=["sent_back_at", "sent_back_why"])
    return found


@action("application.withdrawn")
def withdraw(application_id: int, *, by: Actor, reason: str = "", once: str = "") -> Application:
    """Take an application back: what was kept aside for it goes to who comes after. She may apply again.

    Raise ``NotVisible`` or ``Refused('wrong-moment')``.
    """
    row = of_hers("withdraw", application_id, by)
    if examining.standing(row).proposed:
        _put_aside(row, "domanda ritirata")
    lines.give_back(row, by=by, reason="domanda ritirata")
    move(row, "withdrawn")
    unprotect(row)
    step(row, "withdrawn", by, reason.strip())
    _say_withdrawn(row, by, reason)
    done("U", row, persons=[row.applicant_id], fields=["contribution"], reason=reason)
    return row


def _say_withdrawn(row: Application, by: Actor, reason: str) -> None:
    """Close the request where an operator writes it down: to take back speaks for itself (I2). Hers comes to us as words."""
    if by.kind == Kind.STAFF:
        if row.thread.state != "closed":
            listening.close(row.thread, by=by, outcome="withdrawn", text=reason.strip())
    else:
        words = reason.strip() or "Ritiro la domanda."
        listening.tenant_writes(row.thread, by=by, text=words)


@action("application.review_asked")
def ask_review(application_id: int, *, by: Actor, text: str, channel: str = "app", once: str = "") -> Step:
    """Ask for a new look at what was decided: by her, or by staff in front of her. What was decided stays in force meanwhile.

    Raise ``NotVisible``, or ``Refused`` with ``wrong-moment``, ``reason-missing`` or ``review-over``.
    """
    row = of_hers("ask_review", application_id, by)
    until = outcomes.review_until(row)
    check(text.strip(), "reason-missing")
    check(until is not None and clock.today() <= until, "review-over")
    due = procedure.days_after(clock.today(), row.version.terms.procedure_days)
    asked = step(row, "review_asked", by, text.strip(), due=due)
    row.due = due
    row.save(update_fields=["due"])
    protect(row)
    as_her = in_place_of(by, row.applicant)
    if row.thread.state == "closed":
        listening.reopen(row.thread, by=as_her, text=text.strip())
    else:
        listening.tenant_writes(row.thread, by=as_her, text=text.strip(), channel=channel)
    done("C", asked, persons=[row.applicant_id], fields=["contribution"])
    return asked


def of_hers(act: str, application_id: int, by: Actor) -> Application:
    """Take a file for an act that is hers: her own hand, or that of who helped her or examines it."""
    for right in ("ask", "help", "examine"):
        if access.applications_visible_to(by, right).filter(pk=application_id).exists():
            return started(act, application_id, by, right)
    raise NotVisible
