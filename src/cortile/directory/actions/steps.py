"""Inner steps the acts of the directory share; none of them is an act."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Max, Model

from cortile.directory import access
from cortile.directory.models import Confirmation, Organization, Service, ServiceAtLocation
from cortile.kit import clock
from cortile.kit.actor import Actor

# Places in the public list are given one transaction at a time: a later number never becomes visible before an earlier one.
_PLACES = 0x48534453


def check(condition: object, code: str) -> None:
    """Raise ``Refused`` with a code of the room unless a condition holds."""
    if not condition:
        raise access.refuse(code)


def give_places(rows: Sequence[Organization | Service | ServiceAtLocation]) -> None:
    """Give rows of one kind without a place in the public list the next ones, in order; does not save them."""
    waiting = [row for row in rows if row.position is None]
    if not waiting:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PLACES])
    model: type[Model] = type(waiting[0])
    last = model._base_manager.aggregate(last=Max("position"))["last"] or 0
    for place, row in enumerate(waiting, last + 1):
        row.position = place


def touched(row: Service | Organization, *names: str) -> None:
    """Save what changed of a row, with the moment."""
    row.last_modified = clock.now()
    row.save(update_fields=[*names, "last_modified"])


def confirmed(row: Service, by: Actor, how: str) -> Confirmation:
    """Write that a card is still true, and who said so."""
    row.confirmed_at, row.confirmed_how, row.confirmed_by = clock.now(), how, by.name
    touched(row, "confirmed_at", "confirmed_how", "confirmed_by")
    return Confirmation.objects.create(service=row, at=row.confirmed_at, how=how, by_name=by.name)
