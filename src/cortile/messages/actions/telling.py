"""Saying something: to a person in their language, to a colleague by mail; kept whole, announced where they may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models

from cortile.agencies.models import Agency
from cortile.kit import carriers, clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.messages import access, rules
from cortile.messages.models import Delivery, Message
from cortile.messages.rules import Text
from cortile.people.models import Person


@action("message.told")
def tell(
    person: Person, key: str, *, by: Actor, values: Mapping[str, object], about: models.Model | None = None,
    sms: str = "", quiet: bool = False, delicate: bool = False, sensitive: bool = False,
) -> Message:  # fmt: skip
    """Say something to a person in their language; every channel's text can be read in the app and on paper (I7).

    ``sms`` is the catalogue key of the text that leaves the house, on the channel the person chose; a discreet person
    gets the discreet one, and so does everybody about something ``sensitive``: the phone may be in other hands.
    ``quiet`` keeps it off every phone, «solo di persona»; ``delicate`` out of every list too. An operator reads it out.
    Raise ``KeyError`` for a text or a value the catalogue asks for and nobody gave.
    """
    quiet = quiet or delicate or person.only_in_person
    text = rules.render(key, person.language, **values)
    italian = text if text.language == rules.SOURCE else rules.render(key, rules.SOURCE, **values)
    message = Message.objects.create(
        agency_id=person.agency_id, person=person, key=key, language=text.language, body=_with_interpreter(text, person),
        body_it=italian.body, about_thing=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None, on_phone=not quiet, delicate=delicate, sensitive=sensitive,
        created_at=clock.now(),
    )  # fmt: skip
    if sms and not quiet:
        _announce(message, person, "discreet_sms" if person.discreet or sensitive else sms, values)
    done("C", message, persons=[person.pk], fields=["messages"])
    return message


def _with_interpreter(text: Text, person: Person) -> str:
    """Return the words, and where to hear them in her language when they could not be said in it."""
    line = rules.interpreter(person.language, person.agency.interpreter_phone) if text.language != person.language else ""
    return f"{text.body}\n{line}" if line else text.body


def _announce(message: Message, person: Person, key: str, values: Mapping[str, object]) -> None:
    """Enqueue on the channel the person chose; by SMS where that one is missing; nothing where no way is safe."""
    way = _chosen_way(person)
    if way is None:
        return
    text = rules.render(key, person.language, **values)
    if rules.says_too_much(text.body):
        # The name of a place or somebody's reason brought it in: our own texts hold no such word.
        text = rules.render("discreet_sms", person.language, **values)
    channel, to = way
    Delivery.objects.create(
        message=message, channel=channel, to=to, subject=rules.label("letter_title", text.language), text=text.body,
        created_at=clock.now(),
    )  # fmt: skip


def _chosen_way(person: Person) -> tuple[str, str] | None:
    """Return a channel and where it leads. On App IO one is found by a fiscal code, which stays on her own row."""
    if person.channel == "app":
        return None
    by_io = person.channel == "io" and bool(person.fiscal_code) and carriers.has("io")
    if by_io or person.channel == "paper":
        return person.channel, ""
    wanted = ("email", "mobile") if person.channel == "email" else ("mobile",)
    points = {p.kind: p.value for p in access.usable(person).order_by("-pk")}
    return next((("email" if kind == "email" else "sms", points[kind]) for kind in wanted if kind in points), None)


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
    waits = message.deliveries.filter(channel="paper", state="queued").first()
    paper = waits or Delivery(message=message, channel="paper", to="", text="", created_at=now)
    paper.state, paper.sent_at = "sent", now
    paper.save()
    done("C", message, persons=[message.person_id], fields=["messages"])
    return paper


@action("messages.kept_off_phones")
def keep_off_phones(about: models.Model, *, by: Actor, delicate: bool = False) -> int:
    """Take what was said about a thing off every phone, also what has not left yet; delicate, out of every list too."""
    rows = Message.objects.filter(about_thing=about._meta.label_lower, about_id=about.pk)
    persons = list(rows.values_list("person_id", flat=True).distinct())
    Delivery.objects.filter(message__in=rows, state__in=rules.STILL_OURS).update(state="withdrawn")
    count = rows.update(on_phone=False)
    if delicate:
        rows.update(delicate=True)
        mails = Delivery.objects.filter(about_thing=about._meta.label_lower, about_id=about.pk)
        mails.filter(state__in=rules.STILL_OURS).update(state="withdrawn")
    done("U", about, persons=persons, fields=["messages"])
    return count
