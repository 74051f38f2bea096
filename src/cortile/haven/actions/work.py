"""What is of no woman in particular: a group's day and how many came, and how many places there are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from cortile.haven import access, keyring, keys
from cortile.haven.actions import records
from cortile.haven.models import AssociationEntry, Places
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

MOST = 500


@action("haven.group.noted")
def note_group(shift: keyring.Shift, name: str, on: date, came: int, *, by: Actor, sent: str = "") -> AssociationEntry:
    """Note a group's day: how many came, and nobody's name.

    Raise ``Refused('group-nameless')`` and ``Refused('group-count')``.
    """
    refuse_unless(name.strip(), "group-nameless", "Manca il nome del gruppo.", "Scrivi che gruppo era.")
    refuse_unless(0 <= came <= MOST, "group-count", "Il numero non va.", f"Scrivi un numero da 0 a {MOST}.")
    newest = access.newest(shift.association_id)
    number = records.number_of(shift, "group", sent)
    said = json.dumps({"kind": "group", "name": name.strip(), "on": on.isoformat(), "came": came}, ensure_ascii=False)
    sealed = keys.seal(bytes(newest.public), said.encode(), access.association_context(number))
    given = {"association_id": shift.association_id, "key_version": newest.version, "sealed": sealed}
    entry, _new = AssociationEntry.objects.get_or_create(pk=number, defaults=given)
    done("C", entry)
    return entry


@action("haven.places.counted")
def count_places(shift: keyring.Shift, free: Mapping[str, int], *, by: Actor) -> None:
    """Say how many places of each kind are free. Raise ``Refused('places-unknown')`` and ``Refused('places-count')``."""
    refuse_unless(
        set(free) <= set(Places.KINDS), "places-unknown", "Questi posti non li conosciamo.", "Torna alla pagina e riprova."
    )
    is_count = all(0 <= number <= MOST for number in free.values())
    refuse_unless(is_count, "places-count", "Un numero non va.", f"Scrivi numeri da 0 a {MOST}.")
    for kind, number in free.items():
        Places.objects.update_or_create(association_id=shift.association_id, kind=kind, defaults={"free": number})
    done("U", None, fields=sorted(free))
