"""Backups closed to a key that is kept off this machine (age), and what they are made of: every row of the lane, as it is.

A stolen backup is noise without the offline key. A restored one brings nobody back: what was destroyed since is destroyed again.
Sessions, drafts and receipts are left out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.db.models import Model

from cortile.haven import erasures
from cortile.kit import clock
from cortile.kit.refusals import Refused

MARK, FEW = "CORTILE-COPIA-1", 1000


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy, opened and found whole: how many rows of each table, the rows, and the digests of what had been destroyed."""

    counts: dict[str, int]
    rows: str
    erased: list[str]


def models() -> list[type[Model]]:
    """Return the tables of the lane, each after those it points to."""
    every, ready = list(apps.get_app_config("haven").get_models()), list[type[Model]]()
    while every:
        free = [m for m in every if all(t is m or t in ready or t not in every for t in _pointed_at(m))]
        ready += free
        every = [m for m in every if m not in free]
    return ready


def _pointed_at(model: type[Model]) -> Iterator[type[Model]]:
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and isinstance(field.related_model, type):
            yield field.related_model


def recipient(said: str) -> pyrage.x25519.Recipient:
    """Read the public half of the offline key.

    Raise ``Refused('recipient-missing')`` without one, ``Refused('recipient-wrong')`` for anything else, a private key above all.
    """
    if not said:
        raise Refused(
            "recipient-missing", "Manca la chiave delle copie.", "Metti in HAVEN_BACKUP_RECIPIENT la parte pubblica (age1…)."
        )
    try:
        return pyrage.x25519.Recipient.from_str(said.strip())
    except pyrage.RecipientError as wrong:
        raise Refused(
            "recipient-wrong", "Questa non è una chiave pubblica per le copie.", "Comincia con age1. La parte segreta non va qui."
        ) from wrong


def made(to: pyrage.x25519.Recipient) -> tuple[bytes, dict[str, int]]:
    """Return a closed copy of every row, and how many of each table. Nothing of it is on this disk in the clear."""
    if not connection.in_atomic_block:
        message = "a copy is of one instant: take it in a transaction"
        raise RuntimeError(message)
    counts, parts = {}, []
    for model in models():
        rows = serializers.serialize("jsonl", model._default_manager.order_by("pk").iterator())  # noqa: SLF001 -- whatever table it is
        counts[model._meta.db_table] = rows.count("\n")
        parts.append(rows)
    held = "".join(parts)
    head = {
        "made": clock.now().isoformat(),
        "counts": counts,
        "digest": hashlib.sha256(held.encode()).hexdigest(),
        "erased": sorted(erasures.known()),
    }
    return bytes(pyrage.encrypt(f"{MARK}\n{json.dumps(head)}\n{held}".encode(), [to])), counts


def kept(file: Path, closed: bytes) -> None:
    """Write a copy where only its owner reads it; under its name once it is whole on the disk."""
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as part:
        part.write(closed)
        part.flush()
        os.fsync(part.fileno())
    beside.rename(file)


def opened(closed: bytes, identity: str) -> Copy:
    """Open a copy with the offline key. Raise ``Refused('backup-closed')`` for another key or a changed file, ``backup-broken``."""
    try:
        lines = [line for line in identity.split() if line.startswith("AGE-SECRET-KEY-")]
        held = bytes(pyrage.decrypt(closed, [pyrage.x25519.Identity.from_str(line) for line in lines])).decode()
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as wrong:
        raise Refused(
            "backup-closed", "Questa copia non si apre.", "Controlla il file, e che la chiave sia quella delle copie."
        ) from wrong
    mark, said, rows = held.split("\n", 2)
    head = json.loads(said) if mark == MARK else {}
    if not head or head["digest"] != hashlib.sha256(rows.encode()).hexdigest():
        raise Refused("backup-broken", "Questa copia non è intera.", "Prendi quella prima.")
    return Copy(head["counts"], rows, list(head["erased"]))


def fresh_key() -> tuple[str, str]:
    """Draw an offline key: what is kept away from here, and what goes in ``HAVEN_BACKUP_RECIPIENT``."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def objects(copy: Copy) -> Iterator[Any]:
    """Yield the rows of a copy as they are saved, in the order they were written."""
    for row in serializers.deserialize("jsonl", copy.rows):
        yield row.object
