"""What who answers the phone does: says where a request stands to who says its number, and nothing else of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from cortile.agencies import access as staff_access
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import access, phone
from cortile.listening.actions.threads import open_thread
from cortile.listening.models import PhoneLook, Thread
from cortile.messages import actions as messages
from cortile.messages.models import IncomingSms
from cortile.people import access as people
from cortile.people.behalf import in_place_of
from cortile.people.telephones import owner_of_mobile


@action("thread.told")
def tell_by_number(text: str, *, by: Actor) -> Thread | None:
    """Return the request somebody says the number of, to be told as the app tells it, or None: for any reason, the same.

    A number that tells nothing is counted even though nothing comes back. Raise ``Refused('too-many-numbers')`` for who asks
    about one after the other.
    """
    staff_access.require(by, "answer the phone")
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    PhoneLook.objects.get_or_create(staff_id=by.id or 0, hour=hour)
    # Held until the answer: numbers asked all at once wait here and are counted one by one.
    looks = PhoneLook.objects.select_for_update().get(staff_id=by.id or 0, hour=hour)
    refuse_unless(
        phone.may_ask(looks.asked, looks.missed),
        "too-many-numbers",
        _("Hai chiesto troppi numeri in un'ora."),
        _("Chiedi alla persona come si chiama e apri la sua scheda, oppure richiamala più tardi."),
    )
    said = phone.number_said(text)
    rows = access.visible_to(by, "tell").filter(number=said or 0)
    found = rows.select_related("person", "owner", "agency", "escalated_to").first()
    looks.asked, looks.missed = looks.asked + 1, looks.missed + (found is None)
    looks.save(update_fields=["asked", "missed"])
    done("R", found, persons=[found.person_id] if found else [], fields=["number", "state", "promise", "owner"] if found else [])
    return found


@action("sms.opened_request")
def open_from_sms(sms: IncomingSms, *, by: Actor, once: str = "") -> Thread:
    """Open the request an SMS that waited asks for, of the one person whose number it came from, in her place.

    Raise ``Refused('sms-of-nobody')`` when the number is not one person's; ``NotVisible`` for one that waits no more.
    """
    owner = owner_of_mobile(sms.sender, [by.agency_id or 0])
    refuse_unless(
        owner is not None and people.visible_to(by).filter(pk=owner.pk).exists(),
        "sms-of-nobody",
        _("Questo numero non è di una persona sola che puoi vedere."),
        _("Chiamala, poi registra il contatto con il suo nome."),
    )
    if owner is None or sms.state != "waiting":
        raise NotVisible
    # A title is kept: colleagues read it whatever language the page was in.
    with override("it"):
        title = _("Richiesta arrivata per SMS")
    thread = open_thread(owner, by=in_place_of(by, owner), chip="other", title=title, words=sms.text, channel="sms")
    messages.handle_sms(sms, thread, by=by)
    done("C", thread, persons=[owner.pk], fields=["sms"])
    return thread
