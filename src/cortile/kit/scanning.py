"""The port of a scanner: an adapter named in the settings looks into each file before it is kept."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cortile.kit.refusals import Refused

CLEAN, NOT_SCANNED = "clean", "not_scanned"


class Scanner(Protocol):
    """Looks into a file."""

    def scan(self, content: bytes) -> str:
        """Return ``CLEAN``, or ``NOT_SCANNED`` when it could not look; raise ``infected()`` when it found something."""


def infected() -> Refused:
    """Return the refusal of a file in which something was found."""
    sentence, what_to_do = _("In questo file c'è qualcosa di pericoloso."), _("Non lo abbiamo tenuto. Prova con un altro file.")
    return Refused("file-infected", sentence, what_to_do)


def scanner() -> Scanner | None:
    """Return the adapter of the settings, or nothing where there is none. Raise ``ImportError`` for a wrong name."""
    if not settings.SCANNER:
        return None
    found: Scanner = import_string(settings.SCANNER)(settings.SCANNER_ADDRESS)
    return found


def scan(content: bytes) -> str:
    """Return what the scanner says of a file. Raise ``Refused('file-infected')``."""
    known = scanner()
    return known.scan(content) if known else NOT_SCANNED
