"""What the acts of this room share."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from cortile.kit.actions import refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.people import access, rules
from cortile.people.models import (
    Person,
    SearchToken,
)


def next_card() -> str:
    """Return a new personal card number: the next of the database's own sequence, in an order nobody can go along."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_card_serial'), people_card_key()")
        serial, key = cursor.fetchone()
    return rules.drawn_card(int(serial), key)


def index(person: Person) -> None:
    """Write the search tokens of a person again. Part of the actions that change a name, a phone or a card."""
    SearchToken.objects.filter(person=person).delete()
    values = [person.card_number, *person.contact_points.values_list("value", flat=True)]
    tokens = rules.name_tokens(person.given_name, person.family_name) | rules.number_tokens(values)
    SearchToken.objects.bulk_create(SearchToken(agency_id=person.agency_id, token=token, person=person) for token in tokens)


def may_edit(by: Actor, person: Person) -> None:
    """Raise ``NotVisible`` unless an actor may change a person's record."""
    access.the_one(by, person.pk, "edit")


def by_an_operator(by: Actor) -> None:
    """Raise ``Refused('operator-only')`` for what is chosen with a person in front, never on a phone."""
    refuse_unless(by.kind == Kind.STAFF, "operator-only", _("Questa scelta si fa allo Spazio, con una persona."))


def not_by_phone_code(by: Actor) -> None:
    """Raise ``Refused('phone-code')`` in a session a code sent to a telephone opened: whoever holds the phone may be acting."""
    refuse_unless(
        not by.by_phone_code, "phone-code", _("Con un codice arrivato al telefono questo non si cambia."),
        _("Entra con il codice del foglio o con SPID, oppure chiedi a una persona."),
    )  # fmt: skip
