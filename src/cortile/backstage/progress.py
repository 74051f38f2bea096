"""What an import says at the keyboard: a bar on stderr while it works, a summary when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import CommandError

from cortile.accounts.registry import FileReport
from cortile.agencies import reads as agencies

WIDTH = 30


@dataclass(slots=True)
class Bar:
    """A progress bar that redraws its line on a terminal, and elsewhere says only where it has come to."""

    out: TextIO
    drawn: str = ""

    def __call__(self, what: str, row: int, of: int) -> None:
        """Draw how far a file has come."""
        share = min(row / of, 1) if of else 1
        if self.out.isatty():
            full = round(share * WIDTH)
            self.out.write(f"\r{what:<12} [{'█' * full}{' ' * (WIDTH - full)}] {share:4.0%} {row:>8}")
        if share == 1:
            self.out.write("\n" if self.out.isatty() else f"{what}: {row} righe\n")
        self.out.flush()


def known_body(code: str) -> str:
    """Return the code of a body, or fail with the codes there are."""
    try:
        return agencies.agency(code).code
    except ObjectDoesNotExist:
        known = ", ".join(a.code for a in agencies.agencies())
        message = f"L'ente «{code}» non c'è. Gli enti sono: {known}."
        raise CommandError(message) from None


def keep_rejects(folder: Path, name: str, file: FileReport) -> Path:
    """Write the rejects where the office finds them, with the mark that makes a spreadsheet read the accents."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(file.rejects_csv, encoding="utf-8-sig", newline="")
    return path
