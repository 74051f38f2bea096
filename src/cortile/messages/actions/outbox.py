"""The outbox: each row leaves once. Lease, carry, record: three steps, so that a worker may die between any two."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cortile.kit import carriers, clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, acting, system
from cortile.kit.carriers import Carrier, Later, Never, Parcel
from cortile.messages import access, codes, rules
from cortile.messages.models import Delivery, Message
from cortile.people import actions as people

# Longer than a carrier may keep us waiting, twice: who holds a row that long is gone.
LEASE = timedelta(minutes=5)
# Stands where the discreet text names who wrote.
SOMEBODY = "@@"
Carriers = Mapping[str, Carrier]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt: ``sent`` and what follows it, ``queued`` for another attempt, or ``failed``."""

    state: str
    carrier_reference: str = ""
    error: str = ""


def deliver(*, by: Actor, through: Carriers, limit: int = 100) -> int:
    """Send what waits, each row tried once in this round. Return how many left.

    Never inside a transaction: a lease that is not committed protects nothing.
    """
    left, last = 0, 0
    for _ in range(limit):
        row = deliver_one(by=by, through=through, after=last)
        if row is None:
            break
        last, left = row.pk, left + (row.state == "sent")
    return left


def deliver_one(*, by: Actor, through: Carriers, after: int = 0) -> Delivery | None:
    """Take the next row that may leave, let its carrier have it, and write down what came of it. None when nothing waits."""
    with acting(by):
        if not _ready(list(through), after).exists():
            return None
        row = lease(by=by, channels=list(through), after=after)
        if row is None or row.state != "sending":
            return row
        return record(row, by=by, outcome=carry(row, through[row.channel]))


def _ready(channels: list[str], after: int) -> QuerySet[Delivery]:
    """Rows whose hour has come, and those a worker took and never gave back."""
    now = clock.now()
    due = Q(state="queued") & (Q(not_before=None) | Q(not_before__lte=now))
    return Delivery.objects.filter(due | Q(state="sending", leased_until__lte=now), channel__in=channels, pk__gt=after)


@action("outbox.leased")
def lease(*, by: Actor, channels: list[str], after: int = 0) -> Delivery | None:
    """Take a row for a while, so that no other worker has it; or put it off to the end of the quiet hours, or take it back."""
    row = _ready(channels, after).select_for_update(skip_locked=True, of=("self",)).first()
    if row is not None:
        _take(row)
    done("U", row, fields=["outbox"])
    return row


def _take(row: Delivery) -> None:
    row.leased_until = None
    _keep_discreet(row)
    if _wants_paper_now(row):
        row.channel, row.to, row.state = "paper", "", "queued"
    elif not _may_leave(row):
        row.state = "withdrawn"
        _forget_secret(row)
    elif ends := _quiet_until(row):
        row.state, row.not_before = "queued", ends
    else:
        row.state, row.leased_until = "sending", clock.now() + LEASE
        row.attempts += 1
    row.save(update_fields=["state", "channel", "to", "text", "not_before", "leased_until", "attempts"])


def _may_leave(row: Delivery) -> bool:
    """Tell whether a row may still go where it was going: what she chose since it was written counts, also the last minute."""
    told = row.message
    if told is None or told.person is None:
        return row.channel not in rules.TO_TELEPHONES or row.created_at > clock.now() - rules.CODE_LIFE
    if not _leaves_the_house(told) or told.person.channel == "app":
        return False
    return row.channel == "io" or access.usable(told.person).filter(value=row.to).exists()


def _leaves_the_house(told: Message) -> bool:
    return told.on_phone and not told.delicate and not (told.person and told.person.only_in_person)


def _wants_paper_now(row: Delivery) -> bool:
    """Tell whether who it is for chose paper since it was written: it waits at the desk instead."""
    told = row.message
    return told is not None and told.person is not None and told.person.channel == "paper" and _leaves_the_house(told)


def _keep_discreet(row: Delivery) -> None:
    """Say only that there is a message, where she asked for that after the text was written."""
    told = row.message
    if told is None or told.person is None or row.channel == "paper" or not told.person.discreet:
        return
    body = told.person.agency
    said = rules.render("discreet_sms", told.person.language, owner=SOMEBODY, phone=body.phone, agency=body.short_name).body
    before, _, after = said.partition(SOMEBODY)
    if not (row.text.startswith(before) and row.text.endswith(after)):
        row.text = said.replace(SOMEBODY, body.short_name)


def _quiet_until(row: Delivery) -> datetime | None:
    """Return when the quiet hours of whom it is for end, or None outside them. Codes and mails wait for no hour."""
    person = row.message.person if row.message is not None else None
    if person is None or row.channel not in rules.TO_TELEPHONES:
        return None
    body = person.agency
    hours = (body.quiet_from, body.quiet_until) if person.quiet_from is None else (person.quiet_from, person.quiet_until or 0)
    return rules.quiet_until(clock.now(), *hours)


def carry(row: Delivery, carrier: Carrier) -> Outcome:
    """Let a carrier have a row, outside every transaction. After an attempt nobody knows the end of, it is looked for first."""
    reference = str(row.reference)
    try:
        if row.attempts > 1 and (known := carrier.look_up(reference)):
            return Outcome(known)
        if row.attempts > rules.MOST_ATTEMPTS:
            return Outcome("failed", error=row.last_error)
        return Outcome("sent", carrier.send(_parcel(row)))
    except Never as refused:
        return Outcome("failed", error=str(refused))
    except (Later, OSError, ValueError) as failure:
        return _after_failure(row, carrier, str(failure))


def _after_failure(row: Delivery, carrier: Carrier, error: str) -> Outcome:
    """Try again later; the last time, ask whether it was accepted after all before it is called failed."""
    if row.attempts < rules.MOST_ATTEMPTS:
        return Outcome("queued", error=error)
    try:
        return Outcome(carrier.look_up(str(row.reference)) or "failed", error=error)
    except (Later, OSError, ValueError):
        return Outcome("failed", error=error)


def _parcel(row: Delivery) -> Parcel:
    told = row.message
    to = told.person.fiscal_code if row.channel == "io" and told is not None and told.person is not None else row.to
    language = told.language if told is not None else codes.language_of(row)
    return Parcel(row.channel, to, row.subject, row.text, str(row.reference), language)


@action("outbox.delivered")
def record(row: Delivery, *, by: Actor, outcome: Outcome) -> Delivery:
    """Write down what came of an attempt. That it left is always true; that it did not, only of who still holds the row."""
    now = Delivery.objects.select_for_update(of=("self",)).get(pk=row.pk)
    mine = now.state == "sending" and now.leased_until == row.leased_until
    if outcome.state in carriers.OUTCOMES and now.state in rules.STILL_OURS and outcome.state != "failed":
        _left(now, outcome)
    elif mine:
        _stays(now, outcome)
    told = now.message
    done("U", told, persons=[told.person_id] if told else [], fields=["outbox"])
    return now


def _left(row: Delivery, outcome: Outcome) -> None:
    row.state, row.sent_at, row.leased_until, row.not_before = "sent", clock.now(), None, None
    row.carrier_reference, row.last_error = outcome.carrier_reference or row.carrier_reference, outcome.error
    _forget_secret(row)
    row.save()
    if outcome.state != "sent":
        _end(row, outcome.state)


def _forget_secret(row: Delivery) -> None:
    """A sign-in code, or an office's link, is read where it arrived, and nowhere else."""
    if row.message_id is None and row.channel != "paper":
        row.text = ""


def _stays(row: Delivery, outcome: Outcome) -> None:
    row.state, row.leased_until, row.last_error = outcome.state, None, outcome.error[:300]
    if outcome.state == "queued":
        row.not_before = clock.now() + rules.PAUSES[row.attempts - 1]
    else:
        row.settled_at = clock.now()
        _forget_secret(row)
        _by_sms_instead(row)
    row.save()


def _by_sms_instead(row: Delivery) -> None:
    """What App IO or a box of mail never took goes by SMS: another row, since this one never left."""
    told = row.message
    person = told.person if told is not None else None
    point = access.usable(person).filter(kind="mobile").first() if person is not None and row.channel in {"io", "email"} else None
    if point is not None:
        Delivery.objects.create(message=told, channel="sms", to=point.value, text=row.text, created_at=clock.now())


# --- what comes back ---


@action("delivery.settled")
def settle(reference: str, *, by: Actor, state: str) -> Delivery | None:
    """Write down what a carrier says became of a delivery. A bounce closes that way until she says that it is hers.

    The first end counts, however often and in whatever order it is told; None for a reference that is not ours.
    """
    # A carrier knows nothing but our reference: whose it is, the row says.
    with wall.within(wall.EVERY_BODY, ("social",)):
        row = Delivery.objects.select_for_update(of=("self",)).filter(reference=_uuid(reference) or uuid.uuid4()).first()
        if row is not None and _is_news(row, state):
            _end(row, state)
        told = row.message if row is not None else None
        done("U", told, persons=[told.person_id] if told else [], fields=["outbox"], of=row.agency_id if row else None)
    return row


def _is_news(row: Delivery, state: str) -> bool:
    late = (row.state, state) == ("failed", "delivered")
    return state in carriers.OUTCOMES[1:] and (row.settled_at is None or late) and row.channel != "paper"


def _end(row: Delivery, state: str) -> None:
    row.state, row.settled_at, row.leased_until, row.not_before = state, clock.now(), None, None
    row.sent_at = row.sent_at or row.settled_at
    _forget_secret(row)
    row.save()
    person = row.message.person if row.message is not None else None
    if state != "delivered" and row.channel == "io":
        _by_sms_instead(row)
    if state == "bounced" and person is not None and row.to:
        people.contact_bounced(person, by=system("consegne", agency_id=row.agency_id), value=row.to, sent_at=row.sent_at)


def _uuid(reference: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(reference)
    except ValueError:
        return None


def follow_up(*, by: Actor, through: Carriers, limit: int = 100) -> int:
    """Ask the carriers what became of what left in the last two days. Return how many deliveries have ended."""
    now = clock.now()
    open_ = Delivery.objects.filter(
        Q(not_before=None) | Q(not_before__lte=now), state="sent", settled_at=None,
        channel__in=[channel for channel, carrier in through.items() if carrier.looks_up],
        sent_at__range=(now - rules.FOLLOWED_FOR, now - rules.FIRST_LOOK),
    )  # fmt: skip
    with acting(by):
        return sum(_look_at(row, through[row.channel], by) for row in open_[:limit])


def _look_at(row: Delivery, carrier: Carrier, by: Actor) -> bool:
    try:
        state = carrier.look_up(str(row.reference))
    except Later:
        return False
    if state in carriers.OUTCOMES[1:]:
        return settle(str(row.reference), by=by, state=state) is not None
    look_again(row, by=by)
    return False


@action("delivery.looked_up")
def look_again(row: Delivery, *, by: Actor) -> Delivery:
    """Put off the next look at what is still on its way: the older it is, the rarer."""
    age = clock.now() - (row.sent_at or row.created_at)
    Delivery.objects.filter(pk=row.pk, state="sent").update(not_before=clock.now() + max(age, rules.FIRST_LOOK))
    done("U", row, fields=["outbox"])
    return row
