"""Who helps a person, and who represents her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.people import rules
from cortile.people.actions.steps import by_an_operator, may_edit, next_card, not_by_phone_code
from cortile.people.models import (
    Delegation,
    Person,
    Representative,
)


@action("delegation.given")
def name_delegate(
    person: Person, *, by: Actor, name: str, talked_alone: bool, scopes: Iterable[str], relationship: str = "", phone: str = "",
    once: str = "",
) -> Delegation:  # fmt: skip
    """Let somebody help with the app: after a private talk, for twelve months, within what the person chose.

    Raise ``Refused('private-talk-missing')`` when the person was not heard alone.
    """
    may_edit(by, person)
    refuse_unless(
        talked_alone and by.kind == Kind.STAFF and by.id is not None,
        "private-talk-missing",
        _("Prima parla da sola con la persona."),
        _("La delega si crea dopo un colloquio senza altri presenti."),
    )
    refuse_unless(name.strip(), "name-missing", _("Manca il nome di chi aiuta."), _("Scrivi nome e cognome."))
    today = clock.today()
    delegation = Delegation.objects.create(
        agency_id=person.agency_id, person=person, name=name.strip(), relationship=relationship, phone=phone,
        scopes=sorted(set(scopes)),
        card_number=next_card(), private_talk_by_id=by.id or 0, since=today, until=rules.delegation_end(today),
    )  # fmt: skip
    done("C", delegation, persons=[person.pk], fields=["delegates"])
    return delegation


@action("delegation.withdrawn")
def withdraw_delegation(delegation: Delegation, *, by: Actor) -> Delegation:
    """Take a delegation back: it ends on the delegate's next request. Raise ``Refused('phone-code')``."""
    may_edit(by, delegation.person)
    not_by_phone_code(by)
    delegation.withdrawn_at = clock.now()
    delegation.save(update_fields=["withdrawn_at"])
    done("U", delegation, persons=[delegation.person_id], fields=["delegates"])
    return delegation


@action("representative.named")
def name_representative(
    person: Person, *, by: Actor, name: str, kind: str, decree: str, scopes: Iterable[str], since: date, until: date | None = None,
    once: str = "",
) -> Representative:  # fmt: skip
    """Record a legal representative with the decree that says what they may do: an operator reads it.

    Raise ``Refused`` with ``operator-only``, ``kind-unknown`` or ``decree-missing``.
    """
    may_edit(by, person)
    by_an_operator(by)
    refuse_unless(kind in Representative.KINDS, "kind-unknown", _("Questo tipo di rappresentante non esiste."))
    refuse_unless(decree.strip(), "decree-missing", _("Manca il decreto."), _("Scrivi numero e data del decreto."))
    found = Representative.objects.create(
        agency_id=person.agency_id, person=person, name=name.strip(), kind=kind, decree=decree.strip(), scopes=sorted(set(scopes)),
        card_number=next_card(), since=since, until=until,
    )  # fmt: skip
    done("C", found, persons=[person.pk], fields=["representatives"])
    return found
