"""Photos, voices and documents of a request: whoever may answer it now, and nobody else."""

from __future__ import annotations

import pytest

from cortile.kit import clock, drafts, files, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import AuditEvent, StoredFile
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, reads
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from cortile.people.models import Person
from tests import cast
from tests.files import HTML, OGG, PDF, ZIP, picture, sent


@pytest.fixture
def spoken(adele: Person, as_adele: Actor) -> tuple[Thread, StoredFile]:
    """Return a request of Adele and the voice that came with it."""
    stored = actions.bring_voice(adele, *sent(OGG), by=as_adele)
    return cast.open_request("adele"), stored


def test_a_voice_waits_for_its_request(adele: Person, as_adele: Actor) -> None:
    actions.bring_voice(adele, *sent(OGG), by=as_adele)
    assert reads.waiting_files(by=as_adele) == {"voices": 1}
    opened = cast.open_request("adele")
    assert [f.media_type for f in reads.whole(opened.number, by=as_adele).files] == ["audio/ogg"]
    assert (opened.entries.get(kind="opened").data["voices"], reads.waiting_files(by=as_adele)) == (1, {})


@pytest.mark.parametrize("kind", [Kind.TENANT, Kind.DELEGATE, Kind.REPRESENTATIVE])
def test_only_in_person_nothing_waits_on_any_phone(adele: Person, marta: Actor, kind: Kind) -> None:
    phone = _phone(adele, kind)
    actions.bring_photo(adele, *sent(picture()), by=phone)
    drafts.keep(drafts.slot_of(phone, "ask"), {"story": "Volevo dire"})
    people.choose_in_person(adele, by=marta, only_in_person=True)
    assert (reads.waiting_files(by=phone), drafts.find(phone, "ask"), StoredFile.objects.count()) == ({}, {}, 0)


def test_what_a_neighbour_was_about_to_send_stays(adele: Person, marta: Actor) -> None:
    gianni = cast.herself("gianni")
    actions.bring_photo(cast.person("gianni"), *sent(picture()), by=gianni)
    people.choose_in_person(adele, by=marta, only_in_person=True)
    assert reads.waiting_files(by=gianni) == {"photos": 1}


def _phone(person: Person, kind: Kind) -> Actor:
    marta, about = cast.at_desk("marta"), {"name": "Ugo Neri", "scopes": ["faults"]}
    decree = {"kind": "tutore", "decree": "R.G. 12/2026", "since": clock.today()}
    number = person.pk
    if kind == Kind.DELEGATE:
        number = people.name_delegate(person, by=marta, talked_alone=True, **about).pk
    elif kind == Kind.REPRESENTATIVE:
        number = people.name_representative(person, by=marta, **about, **decree).pk
    found = tenant_actor({"kind": kind, "id": number, "agency": person.agency_id})
    assert found is not None
    return found


def test_a_document_goes_with_her_words(adele: Person, as_adele: Actor, thread: Thread) -> None:
    actions.bring_document(adele, *sent(PDF), by=as_adele)
    actions.tenant_writes(thread, by=as_adele, text="Ecco la bolletta.")
    assert thread.entries.get(kind="tenant").data["documents"] == 1


@pytest.mark.parametrize("content", [HTML, ZIP, PDF, picture()])
def test_what_is_no_voice_is_not_kept(adele: Person, as_adele: Actor, content: bytes) -> None:
    with pytest.raises(Refused, match="not-a-voice"):
        actions.bring_voice(adele, *sent(content), by=as_adele)
    assert not StoredFile.objects.exists()


def test_what_is_no_pdf_is_not_kept(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-a-document"):
        actions.bring_document(adele, *sent(HTML + PDF), by=as_adele)


def test_four_files_of_any_kind_are_enough(adele: Person, as_adele: Actor) -> None:
    for _ in range(2):
        actions.bring_voice(adele, *sent(OGG), by=as_adele)
        actions.bring_document(adele, *sent(PDF), by=as_adele)
    with pytest.raises(Refused, match="too-many-files"):
        actions.bring_voice(adele, *sent(OGG), by=as_adele)


@pytest.mark.parametrize("who", ["marta", "paola"])
def test_who_answers_listens_and_leaves_a_trace(spoken: tuple[Thread, StoredFile], who: str) -> None:
    found = reads.file(spoken[0].number, spoken[1].pk, by=cast.at_desk(who))
    assert bytes(found.content) == OGG
    assert AuditEvent.objects.latest("pk").what == "thread.voice_heard"


@pytest.mark.parametrize("who", ["bruno", "silvia", "salvatore", "lucia", "ornella", "nadia", "sara", "luca", "roberto"])
def test_nobody_else_listens(spoken: tuple[Thread, StoredFile], who: str) -> None:
    with pytest.raises(NotVisible):
        reads.file(spoken[0].number, spoken[1].pk, by=cast.at_desk(who))


def test_a_file_of_another_request_is_not_there(spoken: tuple[Thread, StoredFile], marta: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.file(cast.open_request("samira").number, spoken[1].pk, by=marta)


def test_what_still_waits_is_nobody_s_to_fetch(thread: Thread, adele: Person, as_adele: Actor) -> None:
    stored = actions.bring_voice(adele, *sent(OGG), by=as_adele)
    with pytest.raises(NotVisible):
        reads.file(thread.number, stored.pk, by=as_adele)


def test_a_delicate_one_is_its_duty_person_s_alone(
    spoken: tuple[Thread, StoredFile], marta: Actor, paola: Actor, as_adele: Actor
) -> None:
    thread, stored = spoken
    actions.mark_delicate(thread, by=marta)
    for who in (paola, as_adele):
        with pytest.raises(NotVisible):
            reads.file(thread.number, stored.pk, by=who)
    assert reads.file(thread.number, stored.pk, by=marta).pk == stored.pk


# --- the second wall ---


def _behind(actor: Actor, stored: StoredFile) -> StoredFile | None:
    """Ask the store itself, as a query that forgot to ask the room would."""
    with wall.within(actor.agency_id or 0):
        return files.one("listening.thread", stored.owner_id, stored.pk)


def test_another_body_s_files_are_not_even_rows(spoken: tuple[Thread, StoredFile], luca: Actor) -> None:
    stored = StoredFile.objects.get(pk=spoken[1].pk)
    assert files.one("listening.thread", stored.owner_id, stored.pk) == stored  # without a wall it would be found
    assert _behind(luca, stored) is None


def test_the_wall_does_not_hide_what_is_ours(spoken: tuple[Thread, StoredFile], marta: Actor) -> None:
    stored = StoredFile.objects.get(pk=spoken[1].pk)
    assert _behind(marta, stored) == stored
