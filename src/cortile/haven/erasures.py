"""What was destroyed, for restores: one digest a line, in a file no restore takes back. It tells no number."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction


def place() -> Path:
    """Return where the file is: with the lane's state, outside its database."""
    return Path(settings.STATE) / "erased"


def digest(number: uuid.UUID) -> str:
    """Return the digest of a record's number."""
    return hashlib.sha256(f"haven_record|{number}".encode()).hexdigest()


def noted(number: uuid.UUID) -> None:
    """Note that a record was destroyed, once its rows are gone for good: an act taken back has destroyed nothing."""
    said = digest(number)
    transaction.on_commit(lambda: add([said]))


def add(digests: list[str]) -> None:
    """Append digests, and wait until the disk holds them."""
    place().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"{said}\n" for said in digests))
        file.flush()
        os.fsync(file.fileno())


def known(*more: Path) -> set[str]:
    """Return every digest noted here, and in copies of the file."""
    files = [file for file in (place(), *more) if file.exists()]
    return {line for file in files for line in file.read_text().split()}
