"""Writes about messages: one is told, then delivered once, after commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import models

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.messages import access, rules
from cortile.messages.models import Delivery, Message
from cortile.people.models import Person

MOST_ATTEMPTS = 5
Sender = Callable[[Delivery], None]


@action("message.told")
def tell(
    person: Person, key: str, *, by: Actor, values: Mapping[str, object], about: models.Model | None = None,
    sms: str = "", quiet: bool = False, delicate: bool = False,
) -> Message:  # fmt: skip
    """Say something to a person in their language; every channel's text can be read in the app and on paper (I7).

    ``sms`` is the catalogue key of the text that leaves the house; a discreet person gets the discreet one.
    ``quiet`` keeps it off every phone, «solo di persona»; ``delicate`` out of every list too. An operator reads it out.
    Raise ``KeyError`` for a text or a value the catalogue asks for and nobody gave.
    """
    quiet = quiet or delicate or person.only_in_person
    text = rules.render(key, person.language, **values)
    italian = text if text.language == rules.SOURCE else rules.render(key, rules.SOURCE, **values)
    message = Message.objects.create(
        agency_id=person.agency_id, person=person, key=key, language=text.language, body=text.body,
        body_it=italian.body, about_thing=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None, on_phone=not quiet, delicate=delicate,
        created_at=clock.now(),
    )  # fmt: skip
    if sms and not quiet:
        _enqueue_sms(message, person, sms, values)
    done("C", message, persons=[person.pk], fields=["messages"])
    return message


def _enqueue_sms(message: Message, person: Person, sms: str, values: Mapping[str, object]) -> None:
    """Send only to a number that is the person's own and was not marked unsafe."""
    point = person.contact_points.filter(kind="mobile", safe=True, shared=False).first()
    if point is None:
        return
    key = "discreet_sms" if person.discreet else sms
    text = rules.render(key, person.language, **values)
    Delivery.objects.create(message=message, channel="sms", to=point.value, text=text.body, created_at=clock.now())


@action("mail.enqueued")
def mail(
    agency: Agency, to: str, key: str, *, by: Actor, values: Mapping[str, object], about: models.Model | None = None
) -> Delivery:
    """Enqueue a mail to an office or a colleague, in Italian; ``about`` is what it stays in the house for, once delicate."""
    text = rules.render(key, rules.SOURCE, **values)
    delivery = Delivery.objects.create(
        agency_id=agency.pk, channel="email", to=to, subject=text.subject, text=text.body, created_at=clock.now(),
        about_thing=about._meta.label_lower if about is not None else "", about_id=about.pk if about is not None else None,
    )  # fmt: skip
    done("C", delivery, fields=[agency.code])
    return delivery


@action("audit_root.mailed")
def mail_root(to: str, *, by: Actor, values: Mapping[str, object], once: str = "") -> Delivery:
    """Enqueue the root of the audit for an outside witness: nobody's mail, of no body."""
    text = rules.render("audit_root_mail", rules.SOURCE, **values)
    delivery = Delivery.objects.create(channel="email", to=to, subject=text.subject, text=text.body, created_at=clock.now())
    done("C", delivery)
    return delivery


@action("message.read")
def mark_read(*, by: Actor, message_ids: Sequence[int]) -> int:
    """Remember that the person opened some of their own messages. Sent by a button, never by opening a page."""
    own = access.visible_to(by).filter(person_id=by.person_id) if by.person_id else Message.objects.none()
    count = own.filter(pk__in=message_ids, read_at=None).update(read_at=clock.now())
    done("U", persons=[by.person_id], fields=["messages"])
    return count


@action("message.given_on_paper")
def give_on_paper(message: Message, *, by: Actor, once: str = "") -> Delivery:
    """Record that a message was printed and handed over. Raise ``NotVisible`` for one the actor may not read."""
    if not access.visible_to(by).filter(pk=message.pk).exists():
        raise NotVisible
    now = clock.now()
    paper = Delivery.objects.create(message=message, channel="paper", to="", text="", state="sent", created_at=now, sent_at=now)
    done("C", message, persons=[message.person_id], fields=["messages"])
    return paper


@action("messages.kept_off_phones")
def keep_off_phones(about: models.Model, *, by: Actor, delicate: bool = False) -> int:
    """Take what was said about a thing off every phone, also what has not left yet; delicate, out of every list too."""
    rows = Message.objects.filter(about_thing=about._meta.label_lower, about_id=about.pk)
    persons = list(rows.values_list("person_id", flat=True).distinct())
    Delivery.objects.filter(message__in=rows, state="queued").update(state="withdrawn")
    count = rows.update(on_phone=False)
    if delicate:
        rows.update(delicate=True)
        mails = Delivery.objects.filter(about_thing=about._meta.label_lower, about_id=about.pk, state="queued")
        mails.update(state="withdrawn")
    done("U", about, persons=persons, fields=["messages"])
    return count


@action("outbox.delivered")
def deliver_one(*, by: Actor, send: dict[str, Sender], after: int = 0) -> Delivery | None:
    """Send the next row that waits, in a transaction of its own: what left is never undone by a later row's failure.

    Two workers never hold the same row. A channel that fails leaves the row for a later round, five times at most.
    Return the row, or None when nothing waits.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(state="queued", pk__gt=after)
    row = waiting.filter(channel__in=list(send)).first()
    if row is not None and _may_leave(row):
        _attempt(row, send[row.channel])
    elif row is not None:
        row.state = "withdrawn"
        row.save(update_fields=["state"])
    told = row.message if row is not None else None
    done("U", told, persons=[told.person_id] if told else [], fields=["outbox"])
    return row


def _may_leave(row: Delivery) -> bool:
    """Tell whether an SMS may still go where it was going: what she chose since it was written counts, also the last minute."""
    told = row.message
    if told is None or told.person is None or row.channel != "sms":
        return True
    hers = told.person.contact_points.filter(value=row.to, kind="mobile", safe=True, shared=False)
    return told.on_phone and not told.delicate and not told.person.only_in_person and hers.exists()


def _attempt(row: Delivery, sender: Sender) -> None:
    row.attempts += 1
    try:
        sender(row)
    except (OSError, ValueError) as failure:
        row.last_error = str(failure)[:300]
        row.state = "failed" if row.attempts >= MOST_ATTEMPTS else "queued"
    else:
        row.state, row.sent_at = "sent", clock.now()
    row.save(update_fields=["attempts", "last_error", "state", "sent_at"])


def deliver(*, by: Actor, send: dict[str, Sender], limit: int = 100) -> int:
    """Send what waits, each row tried once in this round. Return how many left."""
    sent, last = 0, 0
    for _ in range(limit):
        row = deliver_one(by=by, send=send, after=last)
        if row is None:
            break
        last, sent = row.pk, sent + (row.state == "sent")
    return sent
