"""Photos, voices and documents that come with a request: made harmless first, asked for through the thread that owns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from cortile.kit import files
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import StoredFile
from cortile.listening import access
from cortile.listening.models import Thread
from cortile.people import access as people_access
from cortile.people.models import Person

KEPT = "listening.thread"
MOST = 4


@action("photo.brought")
def bring_photo(person: Person, upload: BinaryIO, size: int, *, by: Actor) -> StoredFile:
    """Keep a photo while somebody is still writing their request. Raise ``Refused`` as ``files.photo`` does."""
    return _bring(person, by, lambda: files.photo(upload, size), "photo")


@action("voice.brought")
def bring_voice(person: Person, upload: BinaryIO, size: int, *, by: Actor) -> StoredFile:
    """Keep a recording while somebody is still writing. Raise ``Refused`` as ``files.voice`` does."""
    return _bring(person, by, lambda: files.voice(upload, size), "voice")


@action("document.brought")
def bring_document(person: Person, upload: BinaryIO, size: int, *, by: Actor) -> StoredFile:
    """Keep a PDF while somebody is still writing. Raise ``Refused`` as ``files.document`` does."""
    return _bring(person, by, lambda: files.document(upload, size), "document")


def _bring(person: Person, by: Actor, taking: Callable[[], files.Taken], kind: str) -> StoredFile:
    people_access.the_one(by, person.pk)
    waiting = len(files.of(access.waiting_room(by), by.id or 0))
    sentence, what_to_do = _("Hai già messo quattro file."), _("Invia la richiesta: poi ne aggiungi altri.")
    refuse_unless(waiting < MOST, "too-many-files", sentence, what_to_do)
    taken = taking()
    stored = files.store(
        access.waiting_room(by), by.id or 0, taken.content, agency_id=by.agency_id, name=taken.name,
        media_type=taken.media_type, scan=taken.scan,
    )  # fmt: skip
    done("C", stored, persons=[person.pk], fields=[kind])
    return stored


def forget_waiting(phones: Iterable[tuple[Kind, int]]) -> None:
    """Delete what waits to be sent from some phones: part of the act after which none may show it."""
    for kind, number in phones:
        StoredFile.objects.filter(room__in=access.waiting_rooms(kind), owner_id=number).delete()


def forget_own(by: Actor) -> None:
    """Delete what waits to be sent from where somebody acts now, and nowhere else of theirs."""
    StoredFile.objects.filter(room=access.waiting_room(by), owner_id=by.id or 0).delete()


def attach(thread: Thread, by: Actor) -> dict[str, Any]:
    """Give a thread what this very person had brought for it, and count it. Part of opening one, or of writing to it."""
    waiting = files.of(access.waiting_room(by), by.id or 0)
    if waiting:
        StoredFile.objects.filter(pk__in=[f.pk for f in waiting]).update(room=KEPT, owner_id=thread.pk)
    return files.counts(waiting)
