"""What an office sends: five CSV files, or one ZIP with them inside. Opened with care, never trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cortile.kit.refusals import Refused

# A body of seventy thousand dwellings weighs about sixty megabytes; five times as much is a mistake or a trap.
LARGEST = 300 * 1024 * 1024
MOST_FILES = 50


def files_of(uploads: Iterable[UploadedFile[Any]]) -> list[tuple[str, bytes]]:
    """Return the CSV files of an upload, with what a ZIP holds.

    Raise ``Refused`` with ``delivery-too-big``, ``zip-broken`` or ``zip-locked``.
    """
    found: list[tuple[str, bytes]] = []
    for upload in uploads:
        name, before = upload.name or "", sum(len(content) for _name, content in found)
        _check_size((upload.size or 0) + before)
        content = upload.read()
        found += _inside(content, before) if name.lower().endswith(".zip") else [(name, content)]
    return found


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise Refused("delivery-too-big", _("I file sono troppo grandi: il massimo è 300 MB."), _("Togli quello che non serve."))


def _inside(content: bytes, before: int) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            lists = [i for i in box.infolist() if _is_list(i)][:MOST_FILES]
            _check_size(sum(i.file_size for i in lists) + before)
            return [(i.filename.rsplit("/", 1)[-1], box.read(i)) for i in lists]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as broken:
        raise Refused("zip-broken", _("Il file ZIP non si apre."), _("Crealo di nuovo, oppure carica i file CSV.")) from broken
    except RuntimeError as locked:
        raise Refused("zip-locked", _("Il file ZIP ha una password."), _("Crealo senza password.")) from locked


def _is_list(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return name.lower().endswith(".csv") and not name.startswith("__MACOSX") and not name.rsplit("/", 1)[-1].startswith(".")
