"""Writes about messages: one is told, then delivered once, after commit."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.messages import access, rules
from cortile.messages.models import Delivery, Message
from cortile.people.models import Person

FILLED = "it"
MOST_ATTEMPTS = 5
Sender = Callable[[Delivery], None]


@action("message.told")
def tell(
    person: Person, key: str, *, by: Actor, values: dict[str, object], about: models.Model | None = None,
    sms: str = "", quiet: bool = False,
) -> Message:  # fmt: skip
    """Say something to a person in their language; every channel's text can be read in the app and on paper (I7).

    ``sms`` is the catalogue key of the text that leaves the house; a discreet person gets the discreet one.
    ``quiet`` keeps it off every phone: «solo di persona» and delicate matters, read with an operator only.
    """
    quiet = quiet or person.only_in_person
    text, italian = rules.render(key, person.language, **values), rules.render(key, FILLED, **values)
    message = Message.objects.create(
        agency_id=person.agency_id, person=person, key=key, language=text.language, body=text.body,
        body_it=italian.body, about_thing=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None, on_phone=not quiet, created_at=clock.now(),
    )  # fmt: skip
    if sms and not quiet:
        _enqueue_sms(message, person, sms, values)
    done("C", message, persons=[person.pk], fields=["messages"])
    return message


def _enqueue_sms(message: Message, person: Person, sms: str, values: dict[str, object]) -> None:
    """Send only to a number that is the person's own and was not marked unsafe."""
    point = person.contact_points.filter(kind="mobile", safe=True, shared=False).first()
    if point is None:
        return
    key = "discreet_sms" if person.discreet else sms
    text = rules.render(key, person.language, **values)
    Delivery.objects.create(message=message, channel="sms", to=point.value, text=text.body, created_at=clock.now())


@action("mail.enqueued")
def mail(agency: Agency, to: str, key: str, *, by: Actor, values: dict[str, object]) -> Delivery:
    """Enqueue a mail to an office or a colleague, in Italian."""
    text = rules.render(key, FILLED, **values)
    delivery = Delivery.objects.create(
        channel="email", to=to, subject=text.subject, text=text.body, created_at=clock.now()
    )
    done("C", delivery, fields=[agency.code])
    return delivery


@action("message.read")
def mark_read(*, by: Actor, message_ids: list[int]) -> int:
    """Remember that the person opened some messages."""
    count = access.visible_to(by).filter(pk__in=message_ids, read_at=None).update(read_at=clock.now())
    done("U", persons=[by.person_id], fields=["messages"])
    return count


@action("outbox.delivered")
def deliver(*, by: Actor, send: dict[str, Sender], limit: int = 100) -> int:
    """Send what waits, each once: a row is locked, sent, marked. A channel that fails is tried again later."""
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(state="queued")[:limit]
    sent = 0
    for row in rows:
        try:
            send[row.channel](row)
        except OSError as failure:
            row.attempts += 1
            row.last_error = str(failure)[:300]
            row.state = "failed" if row.attempts >= MOST_ATTEMPTS else "queued"
        else:
            row.state, row.sent_at = "sent", clock.now()
            sent += 1
        row.save(update_fields=["attempts", "last_error", "state", "sent_at"])
    done("U", fields=[f"{sent} sent"])
    return sent
