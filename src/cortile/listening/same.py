"""«È lo stesso problema»: the faults of a building as its tenants may know them. Of a place: no name, no word, no number."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import access
from cortile.listening.models import Thread
from cortile.people.models import Person

MOST = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What a tenant is told of a fault somebody else reported: where, how many days ago, and its category if it has one."""

    key: str
    here: bool
    days: int
    label: str


def faults_nearby(*, by: Actor) -> list[Fault]:
    """Return the open faults others reported lately where a tenant lives, those of her own stair first."""
    found = list(access.faults_where_she_lives(by).select_related("category").order_by("-opened_at")[: MOST * 4])
    if not found:
        return []
    stairs = dict(Person.objects.filter(pk__in=[t.person_id for t in found]).values_list("pk", "home_stair_id"))
    mine = Person.objects.filter(pk=by.person_id or 0).values_list("home_stair_id", flat=True).first()
    told = [_fault(t, by, here=stairs[t.person_id] == mine) for t in found]
    return sorted(told, key=lambda f: not f.here)[:MOST]


def _fault(thread: Thread, by: Actor, *, here: bool) -> Fault:
    ago = (clock.today() - clock.local(thread.opened_at).date()).days
    # A label is an operator's choice from a list of the body's; one of another matter would tell of it.
    label = thread.category.label if thread.category is not None and thread.category.chip == "faults" else ""
    return Fault(_key(thread, by), here, ago, label)


def _key(thread: Thread, by: Actor) -> str:
    """Return a name for a fault that only this person may use: its number, read on the phone, would tell its state."""
    return salted_hmac("cortile.listening.same", f"{by.key}:{thread.pk}", algorithm="sha256").hexdigest()[:24]


def recognised(key: str, *, by: Actor) -> Thread | None:
    """Return the fault a key names, as long as its person may still be told of it; nothing otherwise, whatever the reason."""
    rows = access.faults_where_she_lives(by).order_by("-opened_at")[: MOST * 4] if key else ()
    return next((t for t in rows if _key(t, by) == key), None)
