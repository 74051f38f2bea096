"""The life of a thread: opened, followed, answered, closed by the tenant's word, reopened."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.agencies.models import Staff
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.kit.events import emit
from cortile.listening import access, events, owners, rules, states
from cortile.listening.actions import brought, steps
from cortile.listening.actions.steps import check
from cortile.listening.models import Category, Contact, Thread
from cortile.listening.same import recognised
from cortile.messages import actions as messages
from cortile.people import access as people_access
from cortile.people.models import Person


@action("thread.opened")
def open_thread(
    person: Person, *, by: Actor, chip: str, title: str, words: str = "", topic: str = "", channel: str = "app",
    answer_by: str = "phone", urgency: str = "normal", contact: Contact | None = None, delicate: bool = False,
    only_in_person: bool = False, same: str = "", once: str = "",
) -> Thread:  # fmt: skip
    """Open a request of a person: an owner, the ball and a date from the first second, and a receipt.

    ``same`` is the key of a fault its tenant recognised: the request is hers, tied to the first and with the same promise.

    Raise ``Refused('chip-missing')``; ``NotVisible`` for a person the actor may not see.
    """
    people_access.require(by, person.pk)
    refuse_unless(policy.can(by, "open request"), "not-allowed", _("Non puoi aprire una richiesta con il tuo ruolo."))
    check(chip in states.CHIPS and urgency in states.URGENCIES, "chip-missing")
    by_staff = by.kind == Kind.STAFF
    check(by_staff or not (only_in_person or delicate), "in-person-only-operator")
    check(access.may_ask_about(by, chip), "not-allowed")
    agency, owner = person.agency, owners.owner_for(person, by)
    original = recognised(same, by=by) if chip == "faults" else None
    first = steps.first_date(agency, chip, urgency)
    if original is not None and original.next_date is not None and clock.today() <= original.next_date:
        first = min(first, original.next_date)
    thread = Thread(
        agency=agency, number=steps.next_number(), person=person, neighbourhood_id=person.home_neighbourhood_id,
        contact=contact, chip=chip, nature=rules.nature_of(chip), topic=topic, title=title.strip()[:120],
        urgency=urgency, channel=channel, answer_by=answer_by, owner=owner, first_promise=first, next_date=first,
        opened_at=clock.now(), delicate=delicate, duty=owner if delicate else None,
        only_in_person=only_in_person or person.only_in_person, duplicate_of=original,
        state="with_us" if by_staff and by.id == owner.pk else "received",
    )  # fmt: skip
    thread.save()
    steps.promise(thread, first, by)
    taken = {} if by_staff else brought.attach(thread, by)
    steps.entry(thread, "opened", by, words, channel=channel, **taken)
    steps.tell(thread, "receipt", by, sms="receipt_sms", next_reading=steps.out_of_hours(agency))
    done("C", thread, persons=[person.pk])
    emit(events.ThreadOpened(thread))
    return thread


@action("thread.taken")
def take(thread: Thread, *, by: Actor, once: str = "") -> Thread:
    """Take a new request: it becomes mine."""
    row = steps.start(thread, "take", "answer", by)
    check(by.kind == Kind.STAFF and by.id is not None, "not-allowed")
    row.owner_id = by.id
    row.save(update_fields=["owner", *steps.move(row, "take")])
    steps.entry(row, "taken", by)
    steps.tell(Thread.objects.select_related("owner", "person", "agency").get(pk=row.pk), "taking_charge", by)
    done("U", row, persons=[row.person_id], fields=["owner", "state"])
    return row


@action("thread.said")
def say(thread: Thread, *, by: Actor, text: str, once: str = "") -> Thread:
    """Answer the tenant. The first answer is what the promise is measured on."""
    check(text.strip(), "words-missing")
    row = steps.start(thread, "say", "answer", by)
    steps.by_staff(by)
    fields = steps.move(row, "say")
    steps.leave_with_office(row)
    if row.first_answer_at is None:
        row.first_answer_at = clock.now()
        fields.append("first_answer_at")
    _keep_a_date(row, by, fields)
    row.save(update_fields=fields)
    steps.entry(row, "said", by, text)
    steps.tell(row, "answered", by, sms="discreet_sms", text=text)
    done("U", row, persons=[row.person_id], fields=["conversation"])
    return row


def _keep_a_date(row: Thread, by: Actor, fields: list[str]) -> None:
    """After an answer a passed date is replaced: with the ball anywhere, we say when we speak again (I1)."""
    if row.next_date is None or row.next_date <= clock.today():
        steps.promise(row, steps.in_days(row.agency, rules.CALL_BACK_DAYS), by, kind="call_back")
        fields.append("next_date")


@action("thread.noted")
def note(thread: Thread, *, by: Actor, text: str, once: str = "") -> Thread:
    """Write an internal note: the owner and the lead read it, the tenant never."""
    check(text.strip(), "words-missing")
    row = steps.locked(thread, "note", by)
    steps.entry(row, "note", by, text, public=False)
    done("U", row, persons=[row.person_id], fields=["note"])
    return row


@action("thread.asked_tenant")
def ask_tenant(thread: Thread, *, by: Actor, what: str, once: str = "") -> Thread:
    """Ask the tenant for something: the ball is theirs, and we still call back by a date."""
    check(what.strip(), "words-missing")
    row = steps.start(thread, "ask", "answer", by)
    steps.by_staff(by)
    _give_ball_to_tenant(row, "ask", by)
    steps.entry(row, "asked", by, what)
    steps.tell(row, "missing", by, sms="discreet_sms", what=what.strip().rstrip("."))
    done("U", row, persons=[row.person_id], fields=["state", "ball", "next_date"])
    return row


def _give_ball_to_tenant(row: Thread, act: str, by: Actor) -> None:
    """The tenant has been spoken to and has the ball; we still call back by a date (I1)."""
    fields = [*steps.move(row, act), "next_date", "first_answer_at"]
    row.first_answer_at = row.first_answer_at or clock.now()
    steps.promise(row, steps.in_days(row.agency, rules.CALL_BACK_DAYS), by, kind="call_back")
    row.save(update_fields=fields)


@action("thread.attempt_recorded")
def record_attempt(thread: Thread, *, by: Actor, how: str, text: str = "", once: str = "") -> Thread:
    """Record that we tried to reach the tenant and did not. Two of these let a request close (I2)."""
    row = steps.locked(thread, "answer", by)
    steps.by_staff(by)
    check(row.state != "closed", "not-in-this-state")
    check(how in states.CHANNELS, "words-missing")
    steps.entry(row, "attempt", by, text, public=False, how=how)
    fields: list[str] = []
    _keep_a_date(row, by, fields)
    if fields:
        row.save(update_fields=fields)
    done("U", row, persons=[row.person_id], fields=["attempt"])
    return row


@action("thread.solution_proposed")
def propose_solved(thread: Thread, *, by: Actor, text: str, once: str = "") -> Thread:
    """Say the problem is solved, and ask whether it is so for the tenant: closing needs their word."""
    check(text.strip(), "words-missing")
    row = steps.start(thread, "propose_solved", "close", by)
    steps.by_staff(by)
    _give_ball_to_tenant(row, "propose_solved", by)
    steps.entry(row, "solved", by, text)
    steps.tell(row, "solved_question", by, sms="discreet_sms", text=text)
    done("U", row, persons=[row.person_id], fields=["state", "ball", "next_date"])
    return row


@action("thread.confirmed")
def tenant_confirms(thread: Thread, *, by: Actor, once: str = "") -> Thread:
    """The tenant says yes, in the app or in front of an operator: the request closes."""
    row = steps.locked(thread, "close", by)
    check(row.state == "solved", "not-in-this-state")
    _shut(row, by, "solved", yes=True)
    done("U", row, persons=[row.person_id], fields=["state", "outcome"])
    return row


@action("thread.not_solved")
def tenant_not_solved(thread: Thread, *, by: Actor, text: str = "", once: str = "") -> Thread:
    """The tenant says the problem is still there: the ball comes back with a new date."""
    row = steps.start(thread, "not_solved", "reopen", by)
    steps.promise(row, steps.first_date(row.agency, row.chip, row.urgency), by)
    row.save(update_fields=[*steps.move(row, "not_solved"), "next_date"])
    steps.entry(row, "not_solved", by, text)
    steps.tell(row, "reopened", by)
    done("U", row, persons=[row.person_id], fields=["state", "next_date"])
    return row


@action("thread.tenant_wrote")
def tenant_writes(thread: Thread, *, by: Actor, text: str, channel: str = "app", once: str = "") -> Thread:
    """The tenant, or who helps them, adds words. The ball comes to us, with a date.

    A photo that waits in the app goes with words written there: an SMS takes none along.
    """
    check(text.strip(), "words-missing")
    row = steps.start(thread, "tenant_writes", "answer", by)
    fields = steps.move(row, "tenant_writes")
    steps.leave_with_office(row)
    soonest = steps.first_date(row.agency, row.chip, row.urgency)
    if row.next_date is None or row.next_date < clock.today():
        steps.promise(row, soonest, by)
        fields.append("next_date")
    row.save(update_fields=fields)
    taken = brought.attach(row, by) if channel == "app" else {"channel": channel}
    steps.entry(row, "tenant", by, text, **taken)
    done("U", row, persons=[row.person_id], fields=["conversation"])
    return row


@action("thread.closed")
def close(thread: Thread, *, by: Actor, outcome: str, text: str = "", tenant_said_yes: bool = False, once: str = "") -> Thread:
    """Close a request (I2). Raise ``Refused('close-needs-yes')`` without a yes, two attempts or a self-evident act."""
    check(outcome in states.OUTCOMES, "outcome-missing")
    row = steps.locked(thread, "close", by)
    steps.by_staff(by)
    check(row.state != "closed", "not-in-this-state")
    fits = rules.may_close(row.state, outcome, tenant_said_yes=tenant_said_yes, attempts=steps.attempts(row))
    check(fits, "close-needs-yes")
    _shut(row, by, outcome, text=text, yes=tenant_said_yes)
    done("U", row, persons=[row.person_id], fields=["state", "outcome"], reason=text)
    return row


def _shut(row: Thread, by: Actor, outcome: str, *, text: str = "", yes: bool = False) -> None:
    row.state, row.outcome, row.closed_at, row.ball = "closed", outcome, clock.now(), "us"
    row.first_answer_at = row.first_answer_at or row.closed_at
    row.next_date = None
    row.save(update_fields=["state", "outcome", "closed_at", "ball", "next_date", "first_answer_at"])
    steps.call_offices_back(row)
    steps.entry(row, "closed", by, text, outcome=outcome, yes=yes)
    if outcome != "died":
        steps.tell(row, "closed", by, outcome=outcome)
    emit(events.ThreadClosed(row))


@action("thread.reopened")
def reopen(thread: Thread, *, by: Actor, text: str = "", once: str = "") -> Thread:
    """Open a closed request again: same number, same history, a new date."""
    row = steps.start(thread, "reopen", "reopen", by)
    row.owner = owners.owner_for(row.person, by) if row.owner is None else agencies.on_duty(row.owner, clock.today())
    row.duty = row.owner if row.delicate else row.duty
    row.outcome, row.closed_at = "", None
    steps.promise(row, steps.first_date(row.agency, row.chip, row.urgency), by)
    row.save(update_fields=[*steps.move(row, "reopen"), "owner", "duty", "outcome", "closed_at", "next_date"])
    steps.entry(row, "reopened", by, text)
    steps.tell(row, "reopened", by)
    done("U", row, persons=[row.person_id], fields=["state", "next_date"])
    return row


def _can_follow(member: Staff, row: Thread) -> bool:
    return member.agency_id == row.agency_id and member.role in {"community_manager", "lead"}


@action("thread.assigned")
def assign(thread: Thread, to: Staff, *, by: Actor, reason: str = "", once: str = "") -> Thread:
    """Give a request to a colleague, or to the deputy if they are away; the promise does not move."""
    row = steps.locked(thread, "promise", by)
    check(row.state != "closed", "not-in-this-state")
    check(_can_follow(to, row), "owner-elsewhere")
    row.owner = agencies.on_duty(to, clock.today())
    if row.delicate:
        row.duty = row.owner
    row.save(update_fields=["owner", "duty"])
    steps.entry(row, "assigned", by, reason, public=False, to=row.owner.display_name)
    done("U", row, persons=[row.person_id], fields=["owner"], reason=reason)
    return row


@action("thread.marked_delicate")
def mark_delicate(thread: Thread, *, by: Actor, duty: Staff | None = None) -> Thread:
    """Put a request in the envelope of a named duty person: out of lists, prints, SMS and delegates' sight."""
    row = steps.locked(thread, "mark", by)
    steps.by_staff(by)
    chosen = duty or row.owner
    if chosen is None or not _can_follow(chosen, row):
        raise steps.refused("owner-elsewhere")
    row.delicate, row.duty = True, agencies.on_duty(chosen, clock.today())
    row.owner = row.duty
    row.save(update_fields=["delicate", "duty", "owner"])
    # The talk it came from goes into the envelope with it: its note and its hour would tell.
    Contact.objects.filter(pk=row.contact_id or 0).update(delicate=True)
    steps.call_offices_back(row)
    messages.keep_off_phones(row, by=by, delicate=True)
    emit(events.ThreadKeptOffPhones(row, by, delicate=True))
    done("U", row, persons=[row.person_id], fields=["delicate"])
    return row


@action("thread.kept_in_person")
def keep_in_person(thread: Thread, *, by: Actor) -> Thread:
    """Keep one request off every phone: asked to an operator, never in the app."""
    row = steps.locked(thread, "mark", by)
    check(by.kind == Kind.STAFF, "in-person-only-operator")
    row.only_in_person = True
    row.save(update_fields=["only_in_person"])
    messages.keep_off_phones(row, by=by)
    emit(events.ThreadKeptOffPhones(row, by, delicate=False))
    done("U", row, persons=[row.person_id], fields=["only_in_person"])
    return row


@action("thread.refined")
def refine(thread: Thread, *, by: Actor, category: Category | None, urgency: str = "") -> Thread:
    """Give a request its category of the 68, or another urgency. The promise already made does not move."""
    row = steps.locked(thread, "promise", by)
    check(category is None or category.agency_id == row.agency_id, "chip-missing")
    row.category = category or row.category
    row.nature = category.nature if category is not None else row.nature
    row.urgency = urgency if urgency in states.URGENCIES else row.urgency
    row.save(update_fields=["category", "nature", "urgency"])
    done("U", row, persons=[row.person_id], fields=["category", "urgency"])
    return row


@action("thread.maintenance_linked")
def set_maintenance_number(thread: Thread, *, by: Actor, number: str, chasing: bool = False, once: str = "") -> Thread:
    """Write the maintenance system's number on a technical request, or record a *sollecito* to it."""
    check(number.strip(), "maintenance-number-missing")
    row = steps.locked(thread, "promise", by)
    row.maintenance_number = number.strip()
    row.save(update_fields=["maintenance_number"])
    steps.entry(row, "chased" if chasing else "maintenance", by, number=row.maintenance_number)
    done("U", row, persons=[row.person_id], fields=["maintenance_number"])
    return row
