"""What makes a request precise: its category, the maintenance number, its photos."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, reads
from cortile.listening.models import Thread
from cortile.people.models import Person
from tests import cast, traces


def a_photo(kind: str = "PNG") -> tuple[io.BytesIO, int]:
    """Return a photo as an upload and its size."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return io.BytesIO(out.getvalue()), len(out.getvalue())


def test_a_category_brings_its_nature(marta: Actor) -> None:
    opened = cast.open_request("adele", chip="other")
    row = actions.refine(opened, by=marta, category=cast.category("T01"), urgency="high")
    assert (row.category, row.nature, row.urgency) == (cast.category("T01"), "technical", "high")


def test_the_promise_does_not_move(thread: Thread, marta: Actor) -> None:
    row = actions.refine(thread, by=marta, category=None, urgency="danger")
    assert (row.next_date, row.first_promise) == (thread.next_date, thread.first_promise)


def test_an_unknown_urgency_changes_nothing(thread: Thread, marta: Actor) -> None:
    assert actions.refine(thread, by=marta, category=None, urgency="soon").urgency == "normal"


def test_another_bodys_category_is_refused(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="chip-missing"):
        actions.refine(thread, by=marta, category=cast.category("T01", "aler-lodi"))


@pytest.mark.parametrize("who", ["bruno", "luca", "silvia", "salvatore"])
def test_strangers_refine_nothing(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.refine(thread, by=cast.at_desk(who), category=None, urgency="high")


def test_a_tenant_does_not_choose_her_urgency(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.refine(thread, by=as_adele, category=None, urgency="danger")


def test_the_number_of_the_maintenance_is_written(thread: Thread, marta: Actor) -> None:
    row = actions.set_maintenance_number(thread, by=marta, number=" GM-4471 ")
    assert (row.maintenance_number, traces.lines(row)[-1]) == ("GM-4471", "maintenance")


def test_a_reminder_to_it_is_a_line(thread: Thread, marta: Actor) -> None:
    actions.set_maintenance_number(thread, by=marta, number="GM-4471", chasing=True)
    assert traces.lines(thread)[-1] == "chased"


def test_a_number_is_not_blank(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="maintenance-number-missing"):
        actions.set_maintenance_number(thread, by=marta, number=" ")


def test_a_tenant_writes_no_number(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.set_maintenance_number(thread, by=as_adele, number="GM-4471")


def test_a_photo_waits_for_the_request_it_comes_with(adele: Person, as_adele: Actor) -> None:
    actions.bring_photo(adele, *a_photo(), by=as_adele)
    opened = cast.open_request("adele")
    assert [f.name for f in reads.whole(opened.number, by=as_adele).files] == ["foto.jpg"]
    assert opened.entries.get(kind="opened").data["photos"] == 1


def test_an_operators_request_leaves_her_photos_waiting(adele: Person, as_adele: Actor, marta: Actor) -> None:
    actions.bring_photo(adele, *a_photo(), by=as_adele)
    assert reads.whole(cast.open_request("adele", by=marta).number, by=marta).files == []


def test_four_photos_are_enough(adele: Person, as_adele: Actor) -> None:
    for _ in range(4):
        actions.bring_photo(adele, *a_photo(), by=as_adele)
    with pytest.raises(Refused, match="too-many-files"):
        actions.bring_photo(adele, *a_photo(), by=as_adele)


def test_what_is_no_photo_is_refused(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-a-photo"):
        actions.bring_photo(adele, io.BytesIO(b"%PDF-1.7"), 8, by=as_adele)


def test_nobody_brings_a_photo_for_a_neighbour(adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.bring_photo(adele, *a_photo(), by=cast.herself("samira"))


def test_a_photo_is_for_who_sees_the_request(adele: Person, as_adele: Actor, bruno: Actor) -> None:
    stored = actions.bring_photo(adele, *a_photo(), by=as_adele)
    opened = cast.open_request("adele")
    with pytest.raises(NotVisible):
        reads.file(opened.number, stored.pk, by=bruno)
