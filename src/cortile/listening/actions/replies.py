"""SMS that come in: into the request whose number they carry, when they come from that person's own telephone."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from cortile.agencies import reads as agencies
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind, system
from cortile.kit.refusals import Refused
from cortile.listening import access, replies
from cortile.listening.actions.threads import tenant_confirms, tenant_not_solved, tenant_writes
from cortile.listening.models import Thread
from cortile.listening.replies import Reply
from cortile.messages import actions as messages
from cortile.messages.models import IncomingSms
from cortile.people import access as people
from cortile.people.behalf import in_place_of
from cortile.people.models import Person
from cortile.people.telephones import owner_of_mobile


def take_in(sms: IncomingSms) -> None:
    """Put an SMS where it belongs. Whatever leaves a doubt waits for somebody, and nothing is told back.

    A telephone number can be forged: words come in under it, and no more is ever shown or said to who sent them.
    """
    reply = replies.read(sms.text)
    owner = owner_of_mobile(sms.sender, [body.pk for body in agencies.agencies()])
    if owner is None or not (reply.words or reply.answer):
        return
    messages.belongs_to(sms, owner.agency_id, by=system("sms arrivati"))
    her = people.tenant_actor({"kind": str(Kind.TENANT), "id": owner.pk, "agency": owner.agency_id, "came_by": "sms"})
    thread = _meant(her, owner, reply) if her is not None else None
    if her is None or thread is None:
        return
    try:
        with transaction.atomic():
            _say(thread, reply, replace(her, source="sms"))
    except Refused:
        return
    messages.match_sms(sms, by=system("sms arrivati"), thread=thread, person=owner)


def _meant(her: Actor, owner: Person, reply: Reply) -> Thread | None:
    """Return the request an SMS is about, among those her phone may show: the one it names, or the one «È risolto?» asked of."""
    rows = access.visible_to(her, "answer").filter(person=owner).exclude(state="closed")
    if reply.numbers:
        named = {row.number: row for row in rows.filter(number__in=reply.numbers)}
        return next((named[number] for number in reply.numbers if number in named), None)
    asked = list(rows.filter(state="solved")[:2]) if reply.answer else []
    return asked[0] if len(asked) == 1 else None


def _say(thread: Thread, reply: Reply, by: Actor) -> None:
    if thread.state == "solved" and reply.answer == "yes":
        tenant_confirms(thread, by=by)
    elif thread.state == "solved" and reply.answer == "no":
        tenant_not_solved(thread, by=by)
    else:
        tenant_writes(thread, by=by, text=reply.words, channel="sms")


@action("sms.given")
def give_sms(sms: IncomingSms, thread: Thread | None, *, by: Actor, once: str = "") -> IncomingSms:
    """Put the words of an SMS that waited into a request, in the tenant's name, or say that they need none.

    Raise ``NotVisible`` for who does not answer the phone or may not answer the request, ``Refused`` as ``tenant_writes``.
    """
    row = messages.handle_sms(sms, thread, by=by)
    if thread is not None:
        tenant_writes(thread, by=in_place_of(by, thread.person), text=row.text, channel="sms")
    done("U", thread or row, persons=[thread.person_id] if thread else [], fields=["sms"])
    return row
