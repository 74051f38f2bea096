"""Half hours: published by the association, taken and given back by whoever keeps two words, without a name."""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cortile.haven import access, keys, two_words
from cortile.haven.models import AssociationKey, Door, Slot
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused

HALF_HOUR = timedelta(minutes=30)
MOST_WEEKS = 8
# Whatever she adds, or nothing, takes the same room.
ROOM = 32


@dataclass(frozen=True, slots=True)
class Taken:
    """A half hour just taken: when, where, and the two words that are shown this once."""

    starts_at: datetime
    door: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week's pattern: on which days (Monday is 0), from when to when, from which day on, for how many weeks, for whom."""

    days: Collection[int]
    opens: time
    closes: time
    first: date
    weeks: int = 1
    public: bool = True

    def starts(self) -> Iterator[datetime]:
        """Yield when each half hour begins (UTC)."""
        for after in range(7 * self.weeks):
            day = self.first + timedelta(days=after)
            if day.weekday() in self.days:
                start, end = clock.at(day, self.opens), clock.at(day, self.closes)
                while start + HALF_HOUR <= end:
                    yield start
                    start += HALF_HOUR


@action("haven.slots.published")
def publish(door_id: int, week: Week, *, by: Actor) -> int:
    """Add half hours to a door and return how many are new; those of days gone by leave, or are emptied where counts need them.

    Raise ``NotVisible``, ``Refused('days-missing')``, ``('hours-backward')`` or ``('weeks-many')``.
    """
    door = _door(door_id, by)
    refuse_unless(week.days, "days-missing", "Mancano i giorni.", "Scegli almeno un giorno.")
    refuse_unless(week.closes > week.opens, "hours-backward", "La fine viene prima dell'inizio.", "Correggi le ore.")
    refuse_unless(1 <= week.weeks <= MOST_WEEKS, "weeks-many", "Sono troppe settimane.", f"Al massimo {MOST_WEEKS}.")
    _tidied(by.agency_id or 0)
    there = set(Slot.objects.filter(door=door).values_list("starts_at", flat=True))
    new = [start for start in week.starts() if start > clock.now() and start not in there]
    Slot.objects.bulk_create([Slot(door=door, starts_at=start, public=week.public) for start in new], ignore_conflicts=True)
    done("C", door, fields=["slots"])
    return len(new)


@action("haven.slots.removed")
def remove(numbers: Collection[uuid.UUID], *, by: Actor) -> int:
    """Take free half hours off the page. Raise ``Refused('slot-taken')`` for one that somebody has taken."""
    found = Slot.objects.select_for_update().filter(pk__in=numbers, door__association_id=by.agency_id or 0)
    refuse_unless(not any(slot.taken for slot in found), "slot-taken", "Qualcuna l'ha già presa.", "Prima liberala, poi toglila.")
    removed, _each = Slot.objects.filter(pk__in=[slot.pk for slot in found]).delete()
    done("D", fields=["slots"])
    return removed


@action("haven.slot.freed")
def free(number: uuid.UUID, *, by: Actor) -> Slot:
    """Free a half hour that somebody gave back in another way.

    Raise ``NotVisible`` for another association's, and for one of their own: an appointment holds it, and frees it.
    """
    slot = Slot.objects.select_for_update().filter(pk=number, public=True, door__association_id=by.agency_id or 0).first()
    if slot is None:
        raise NotVisible
    _emptied(slot)
    done("U", slot)
    return slot


@action("haven.slot.taken")
def take(number: uuid.UUID, language: str = "", *, by: Actor) -> Taken:
    """Take a half hour and return the two words that give it back. The language she asks for is sealed to the association.

    Raise ``Refused('slot-gone')`` for one that is taken, past, not public or never was: all the same to whoever asks.
    """
    slot = _public().filter(pk=number, door__shown=True).first()
    if slot is None or slot.taken or slot.starts_at <= clock.now():
        raise Refused("slot-gone", _("Questa mezz'ora non c'è più."), _("Scegline un'altra."))
    words = _words_for(slot)
    newest = AssociationKey.objects.filter(association_id=slot.door.association_id).order_by("-version")[0]
    said = json.dumps({"language": language}).encode().ljust(ROOM)
    slot.sealed, slot.key_version = keys.seal(bytes(newest.public), said, access.slot_context(slot)), newest.version
    slot.taken = True
    slot.save(update_fields=["taken", "words", "sealed", "key_version"])
    done("U", slot, of=slot.door.association_id)
    return Taken(slot.starts_at, slot.door.name, slot.door.address, words)


@action("haven.slot.given_back")
def give_back(starts_at: datetime, words: str, *, by: Actor) -> datetime:
    """Give a half hour back with its two words. Raise ``Refused('words-wrong')`` where none of that instant has them."""
    said = two_words.digest(words, starts_at, settings.SECRET_KEY)
    then = _public().filter(starts_at=starts_at, taken=True)
    mine = next((slot for slot in then if hmac.compare_digest(bytes(slot.words or b""), said)), None)
    if mine is None or starts_at <= clock.now():
        raise Refused(
            "words-wrong", _("Con queste parole non troviamo la tua mezz'ora."), _("Controlla il giorno, l'ora e le due parole.")
        )
    _emptied(mine)
    done("U", mine, of=mine.door.association_id)
    return mine.starts_at


def _public() -> QuerySet[Slot]:
    """Return the half hours anybody may take, to be changed. Those of the association alone are not even waited for."""
    return Slot.objects.select_for_update(of=("self",)).select_related("door").filter(public=True)


def _tidied(association_id: int) -> None:
    """Let past half hours that nobody took leave. A quarter's counts need the others: they stay, with nothing in them."""
    past = Slot.objects.filter(door__association_id=association_id, starts_at__lt=clock.day_bounds(clock.today())[0])
    past.filter(taken=False).delete()
    past.update(words=None, sealed=None, key_version=0)


def _door(number: int, by: Actor) -> Door:
    door = Door.objects.filter(pk=number, association_id=by.agency_id or 0).first()
    if door is None:
        raise NotVisible
    return door


def _words_for(slot: Slot) -> str:
    """Draw words that nobody else holds at the same instant, and keep their digest."""
    held = {bytes(other) for other in Slot.objects.filter(starts_at=slot.starts_at).values_list("words", flat=True) if other}
    while True:
        words = two_words.drawn()
        digest = two_words.digest(words, slot.starts_at, settings.SECRET_KEY)
        if digest not in held:
            slot.words = digest
            return words


def _emptied(slot: Slot) -> None:
    slot.taken, slot.words, slot.sealed, slot.key_version = False, None, None, 0
    slot.save(update_fields=["taken", "words", "sealed", "key_version"])
