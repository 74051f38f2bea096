"""Papers in a record: known by their bytes, made harmless, closed under its key. What she called the file is not kept."""

from __future__ import annotations

import base64
from typing import BinaryIO

from cortile.haven import keyring
from cortile.haven.actions import records
from cortile.haven.models import Entry, Record
from cortile.kit import files
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

LARGEST = 8 * 1024 * 1024
PDF_BEGINS = b"%PDF-"


@action("haven.paper.kept")
def keep_paper(
    shift: keyring.Shift, record: Record, upload: BinaryIO, size: int, *, by: Actor, label: str = "", sent: str = ""
) -> Entry:
    """Keep a PDF, or a photo without what its camera wrote in it.

    Raise ``Refused('paper-too-big')`` over 8 MB, and whatever ``kit.files`` refuses: ``not-a-photo``, ``not-a-document``…
    """
    refuse_unless(
        size <= LARGEST, "paper-too-big", "Il file è troppo grande: il massimo è 8 MB.", "Prova con una foto più piccola."
    )
    begins = upload.read(len(PDF_BEGINS))
    upload.seek(0)
    taken = (files.document if begins == PDF_BEGINS else files.photo)(upload, size)
    held = {"kind": "file", "media_type": taken.media_type, "content": base64.b64encode(taken.content).decode()}
    file = records.write(shift, record, held, by=by, sent=f"file-{sent}" if sent else "")
    about = {"kind": "paper", "label": label or "Carta", "media_type": taken.media_type, "file": str(file.pk)}
    paper = records.write(shift, record, about, by=by, sent=sent)
    done("C", record)
    return paper
