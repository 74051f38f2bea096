"""Half hours: taken without a name, given back with two words, and nothing of her in a row."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.db import connection

from cortile.haven import access, keyring, keys, two_words
from cortile.haven.actions import publishing as publishing_acts
from cortile.haven.actions import slots
from cortile.haven.models import Door, Event, Slot
from cortile.haven.reads import public, publishing
from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from tests_haven import cast, published


def held(slot: Slot) -> Slot:
    """Return a half hour as it stands now."""
    return Slot.objects.get(pk=slot.pk)


def a_later_week(door: Door, by: Actor) -> None:
    """Publish another week at a door, two days later."""
    with clock.frozen(cast.NOW + timedelta(days=2)):
        slots.publish(door.pk, replace(published.WEEK, first=date(2026, 3, 20)), by=by)


def test_a_week_is_cut_into_half_hours(chiara: Actor) -> None:
    door = published.a_door()
    week = slots.Week(days=[2], opens=time(14), closes=time(16), first=published.DAY, weeks=2)
    assert slots.publish(door.pk, week, by=chiara) == 8
    (free,) = public.free()
    assert [day for day, _ in free.days] == [date(2026, 3, 18), date(2026, 3, 25)][: len(free.days)]


def test_published_twice_they_are_there_once(chiara: Actor) -> None:
    door = published.a_door()
    assert [slots.publish(door.pk, published.WEEK, by=chiara) for _ in range(2)] == [28, 0]


def test_half_hours_of_days_gone_by_leave(chiara: Actor) -> None:
    slot = published.a_slot()
    a_later_week(slot.door, chiara)
    assert not Slot.objects.filter(pk=slot.pk).exists()


def test_of_those_taken_the_row_stays_for_the_counts_with_nothing_in_it(chiara: Actor) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, "ar", by=PUBLIC)
    a_later_week(slot.door, chiara)
    found = held(slot)
    assert (found.taken, found.words, found.sealed, found.key_version) == (True, None, None, 0)


def test_another_associations_past_is_left_as_it_is(chiara: Actor) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, "ar", by=PUBLIC)
    a_later_week(published.a_door("dora"), cast.at_work("dora"))
    assert held(slot).words is not None


def test_those_of_today_keep_their_words_to_the_end_of_the_day(chiara: Actor) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, by=PUBLIC)
    with clock.frozen(slot.starts_at + timedelta(hours=2)):
        slots.publish(slot.door_id, replace(published.WEEK, first=date(2026, 3, 20)), by=chiara)
    assert held(slot).words is not None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"days": []}, "days-missing"),
        ({"closes": time(9)}, "hours-backward"),
        ({"weeks": 9}, "weeks-many"),
        ({"weeks": 0}, "weeks-many"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused(changed: dict[str, object], code: str, chiara: Actor) -> None:
    door = published.a_door()
    with pytest.raises(Refused, match=code):
        slots.publish(door.pk, replace(published.WEEK, **changed), by=chiara)


def test_nobody_publishes_at_another_associations_door(dora: Actor) -> None:
    door = published.a_door()
    with pytest.raises(NotVisible):
        slots.publish(door.pk, published.WEEK, by=dora)


def test_who_takes_one_gets_two_words_and_it_is_free_no_more() -> None:
    slot = published.a_slot()
    taken = slots.take(slot.pk, by=PUBLIC)
    assert (len(taken.words.split()), held(slot).taken) == (2, True)
    with pytest.raises(NotVisible):
        public.one_free(slot.pk)


def test_those_of_the_association_alone_are_nowhere_on_the_page() -> None:
    first = published.own_slots(published.a_door())[0]
    assert public.free() == []
    with pytest.raises(NotVisible):
        public.one_free(first.pk)


def test_the_same_half_hour_is_not_of_both_kinds(chiara: Actor) -> None:
    slot = published.a_slot()
    assert slots.publish(slot.door_id, replace(published.WEEK, public=False), by=chiara) == 0
    assert held(slot).public is True


def test_taken_is_taken() -> None:
    slot = published.a_slot()
    slots.take(slot.pk, by=PUBLIC)
    with pytest.raises(Refused, match="slot-gone"):
        slots.take(slot.pk, by=PUBLIC)


@pytest.mark.parametrize("why", ["past", "hidden", "own", "unknown"])
def test_past_hidden_own_and_unknown_are_refused_in_the_same_words(why: str, chiara: Actor) -> None:
    slot = published.a_slot()
    number = uuid.uuid4() if why == "unknown" else slot.pk
    if why == "own":
        number = published.own_slots(slot.door)[0].pk
    if why == "hidden":
        publishing_acts.write_door(replace(published.CONSULENZE, shown=False), by=chiara, number=slot.door_id)
    with (
        clock.frozen(slot.starts_at if why == "past" else cast.NOW),
        pytest.raises(Refused, match="slot-gone: Questa mezz'ora non c'è più"),
    ):
        slots.take(number, by=PUBLIC)


def test_the_two_words_give_it_back_however_they_are_typed() -> None:
    slot = published.a_slot()
    first, second = slots.take(slot.pk, by=PUBLIC).words.split()
    slots.give_back(slot.starts_at, f" {second.upper()},  {first}", by=PUBLIC)
    found = held(slot)
    assert (found.taken, found.words, found.sealed) == (False, None, None)


@pytest.mark.parametrize("how", ["other words", "another hour", "twice"])
def test_nothing_else_gives_it_back(how: str) -> None:
    slot = published.a_slot()
    words = slots.take(slot.pk, by=PUBLIC).words
    if how == "twice":
        slots.give_back(slot.starts_at, words, by=PUBLIC)
    at = slot.starts_at + slots.HALF_HOUR if how == "another hour" else slot.starts_at
    with pytest.raises(Refused, match="words-wrong"):
        slots.give_back(at, "pera mulino" if how == "other words" else words, by=PUBLIC)


def test_what_is_past_is_given_back_by_nobody() -> None:
    slot = published.a_slot()
    words = slots.take(slot.pk, by=PUBLIC).words
    with clock.frozen(slot.starts_at), pytest.raises(Refused, match="words-wrong"):
        slots.give_back(slot.starts_at, words, by=PUBLIC)


def test_two_at_the_same_hour_each_give_back_their_own(chiara: Actor) -> None:
    first = published.a_slot()
    second = published.a_slot(published.a_door(said=replace(published.CONSULENZE, name="Ascolto")))
    slots.take(first.pk, by=PUBLIC)
    words = slots.take(second.pk, by=PUBLIC).words
    slots.give_back(second.starts_at, words, by=PUBLIC)
    assert (held(first).taken, held(second).taken) == (True, False)


# --- what a row holds ---


def test_the_language_she_asks_for_is_read_with_the_shift_alone(shift: keyring.Shift, chiara: Actor) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, "ar", by=PUBLIC)
    assert [one.language for one in publishing.half_hours(shift, slot.door, by=chiara) if one.taken] == ["ar"]
    assert b'"ar"' not in bytes(held(slot).sealed)


def test_a_row_is_as_long_whatever_she_asks() -> None:
    door, lengths = published.a_slot().door, set()
    for hour, language in ((time(14), ""), (time(14, 30), "fil"), (time(15), "it")):
        slot = Slot.objects.get(door=door, starts_at=clock.at(published.DAY, hour))
        slots.take(slot.pk, language, by=PUBLIC)
        lengths.add(len(held(slot).sealed))
    assert len(lengths) == 1


def test_what_was_asked_opens_in_its_own_row_alone(shift: keyring.Shift) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, "ar", by=PUBLIC)
    other = Slot.objects.exclude(pk=slot.pk)[0]
    with pytest.raises(keys.UnreadableError):
        keys.unseal(shift.key(1), held(slot).sealed, access.slot_context(other))


def test_her_words_stand_nowhere(chiara: Actor) -> None:
    slot = published.a_slot()
    words = slots.take(slot.pk, by=PUBLIC).words
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM haven_slot s UNION ALL SELECT e::text FROM haven_event e")
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert [form for form in (*words.split(), *(w.encode().hex() for w in words.split())) if form in rows] == []


def test_taking_one_leaves_its_event_in_the_associations_audit(shift: keyring.Shift) -> None:
    slot = published.a_slot()
    before = Event.objects.filter(association_id=shift.association_id).count()
    slots.take(slot.pk, by=PUBLIC)
    last = Event.objects.filter(association_id=shift.association_id).order_by("number").last()
    opened = json.loads(keys.unseal(shift.key(1), last.sealed, f"haven_event|sealed|{shift.association_id}|{last.number}"))
    assert (Event.objects.filter(association_id=shift.association_id).count() - before, opened["what"]) == (1, "haven.slot.taken")


# --- at the desk ---


def test_a_free_one_is_removed_and_a_taken_one_is_not(chiara: Actor) -> None:
    slot = published.a_slot()
    other = Slot.objects.exclude(pk=slot.pk)[0]
    slots.take(slot.pk, by=PUBLIC)
    with pytest.raises(Refused, match="slot-taken"):
        slots.remove([slot.pk, other.pk], by=chiara)
    assert slots.remove([other.pk], by=chiara) == 1


def test_a_taken_one_is_freed_by_its_association_alone(chiara: Actor, dora: Actor) -> None:
    slot = published.a_slot()
    slots.take(slot.pk, by=PUBLIC)
    with pytest.raises(NotVisible):
        slots.free(slot.pk, by=dora)
    assert slots.free(slot.pk, by=chiara).taken is False


def test_another_associations_are_left_where_they_are(dora: Actor) -> None:
    slot = published.a_slot()
    assert slots.remove([slot.pk], by=dora) == 0
    assert Slot.objects.filter(pk=slot.pk).exists()


# --- the two words ---


@pytest.mark.pure
def test_the_words_are_plain_and_none_is_like_another() -> None:
    words = two_words.every()
    assert len(words) == len(set(words)) >= 200
    assert [word for word in words if not (word.isascii() and word.islower() and word.isalpha() and len(word) >= 4)] == []


@pytest.mark.pure
def test_a_digest_is_bound_to_the_instant_and_to_the_lanes_secret() -> None:
    at = cast.NOW
    same = two_words.digest("luna sedia", at, "segreto")
    others = [("luna sedia", at + timedelta(minutes=30), "segreto"), ("luna sedia", at, "altro"), ("luna pera", at, "segreto")]
    assert same == two_words.digest("Sedia, luna", at, "segreto")
    assert same not in [two_words.digest(*other) for other in others]


@pytest.mark.pure
def test_guessing_is_slow_on_purpose() -> None:
    assert (two_words.SLOW.memory >= 19_456, two_words.SLOW.passes >= 2, len(settings.SECRET_KEY) >= 32) == (True, True, True)


def test_a_half_hour_an_appointment_holds_is_not_freed_at_the_door(chiara: Actor) -> None:
    own = published.a_slot()
    with scopes.opened(scopes.EVERYTHING):
        Slot.objects.filter(pk=own.pk).update(public=False, taken=True)
    with pytest.raises(NotVisible):
        slots.free(own.pk, by=chiara)
