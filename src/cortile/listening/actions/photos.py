"""Photos that come with a request: made small and bare first, asked for through the thread that owns them."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext as _

from cortile.kit import files
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
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
    people_access.the_one(by, person.pk)
    waiting = StoredFile.objects.filter(room=access.waiting_room(by), owner_id=by.id or 0).count()
    sentence, what_to_do = _("Hai già messo quattro foto."), _("Invia la richiesta: poi ne aggiungi altre.")
    refuse_unless(waiting < MOST, "too-many-photos", sentence, what_to_do)
    stored = files.store(access.waiting_room(by), by.id or 0, files.photo(upload, size), agency_id=by.agency_id, name="foto.jpg")
    done("C", stored, persons=[person.pk], fields=["photo"])
    return stored


def attach(thread: Thread, by: Actor) -> int:
    """Give a thread the photos this very person had brought for it. Part of opening one, or of writing to it."""
    waiting = StoredFile.objects.filter(room=access.waiting_room(by), owner_id=by.id or 0)
    return waiting.update(room=KEPT, owner_id=thread.pk)
