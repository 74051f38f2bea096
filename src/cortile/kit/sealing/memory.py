"""What the sealer remembers of its last seal, where no database reaches: nobody cuts the tail and has it sealed again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from cortile.kit.sealing import keys
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.record import Seal

DIGEST = "SELECT digest FROM kit_seal WHERE number = %s"
Kept = tuple[int, bytes]


def last_file(path: Path | None = None) -> Path:
    """Return where the last seal is kept: beside the private key, and as private."""
    path = path or keys.key_file()
    return path.with_name(f"{path.name}.last")


def read(path: Path) -> Kept | None:
    """Read the seal that was kept, if any. Raise ``SealingError`` for a file that says none."""
    if not path.exists():
        return None
    try:
        number, digest = path.read_text().split()
        return int(number), bytes.fromhex(digest)
    except ValueError as wrong:
        message = f"{path} è scritto male: ci va l'ultimo sigillo, numero e impronta."
        raise SealingError(message) from wrong


def lost(kept: Kept) -> str:
    """Say that the database no longer has a seal that was kept."""
    return (
        f"Il sigillo {kept[0]}, l'ultimo che ho fatto, non c'è più o non è quello: qualcuno ha tolto o cambiato dei sigilli, "
        "e non ne faccio altri. Verifica con un'ancora: cortile audit verify --anchor FILE. "
        "Solo se hai ripristinato una copia: cortile seal --restored"
    )


class Memory:
    """The last seal this sealer made or found, in memory and in a file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or last_file()
        self.kept = read(self.path)

    def check(self, conn: psycopg.Connection[Any], last: Seal | None) -> None:
        """Compare with the newest seal there is. Raise ``SealingError`` when it is behind, or another."""
        if self.kept is None:
            return
        number, digest = self.kept
        if last is None or last.number < number:
            raise SealingError(lost(self.kept))
        row = (last.digest,) if last.number == number else conn.execute(DIGEST, [number]).fetchone()
        if row is None or bytes(row[0]) != digest:
            raise SealingError(lost(self.kept))

    def keep(self, seal: Seal) -> None:
        """Remember a seal that was committed, or found by the first who looks."""
        if self.kept != (seal.number, seal.digest):
            self.kept = (seal.number, seal.digest)
            keys.replaced(self.path, f"{seal.number} {seal.digest.hex()}\n", 0o600)

    def forget(self) -> None:
        """Begin again from what is found: after a restore, when somebody says so."""
        self.kept = None
        self.path.unlink(missing_ok=True)
