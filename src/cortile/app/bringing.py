"""What tenants send with their words: each kind of file by its own act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.people import reads as people

BRING: dict[str, Callable[..., object]] = {
    "photo": acts.bring_photo,
    "voice": acts.bring_voice,
    "document": acts.bring_document,
}
# A file alone says so itself.
ALONE = {"photo": _("Ecco una foto."), "voice": _("Ecco una registrazione."), "document": _("Ecco un documento.")}


def sent(said: Mapping[str, Any]) -> list[str]:
    """Return which kinds of file came with a form."""
    return [kind for kind in BRING if said.get(kind)]


def bring(kind: str, upload: UploadedFile[Any], by: Actor) -> None:
    """Keep a file until the words are sent. Raise ``Refused`` as its act does."""
    BRING[kind](people.myself(by=by), upload, upload.size, by=by)
