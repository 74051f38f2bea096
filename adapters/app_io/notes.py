"""What was given to App IO, one small file a message: their interface takes no name of ours, so we remember theirs.

Written before a message leaves and again when it was taken: one that says nothing more is of a message nobody knows the end of.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

# Longer than we ask about a message, and than App IO tries to notify it.
KEPT_SECONDS = 8 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a message: ``leaving``, ``taken`` under their ``id``, or how it ended. Then nobody's code is kept."""

    state: str = "leaving"
    id: str = ""
    fiscal_code: str = ""


class Notes:
    """A folder of notes, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, reference: str) -> Note | None:
        """Return what is known of a message, or None where it never left. A note cut short is of one that was leaving."""
        path = self._path(reference)
        try:
            return Note(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            return Note()

    def write(self, reference: str, note: Note) -> None:
        """Write a note, whole or not at all, and on the disk before anything else happens. Raise ``OSError``."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(reference)
        half = path.with_suffix(".new")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(note), file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)

    def forget(self, reference: str) -> None:
        """Take back a note: its message surely did not leave."""
        self._path(reference).unlink(missing_ok=True)

    def clear(self) -> None:
        """Throw away the notes of old messages."""
        before = time.time() - KEPT_SECONDS
        for path in self.folder.glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _path(self, reference: str) -> Path:
        """Raise ``ValueError`` for what is not one of our references: it would be a path."""
        return self.folder / str(uuid.UUID(reference))
