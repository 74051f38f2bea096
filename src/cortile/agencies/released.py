"""Counts that an association hands over: which lines there are, and what is said of a file that is not believed. Pure."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cortile.kit import signed_counts
from cortile.kit.refusals import Refused
from cortile.kit.signed_counts import BadFileError, Counts

# The lines of a file, in the order they are shown: all of them, and no other, so that nothing else comes in by this door.
LINES = (
    "people", "first_talks", "support", "guidance", "job", "workshop", "accompaniment", "group_days", "presences", "half_hours",
)  # fmt: skip
_AGAIN = gettext_noop("Chiedi all'associazione il file di nuovo.")
_SAID = {
    "unreadable": ("file-unreadable", gettext_noop("Questo non è un file di numeri."), _AGAIN),
    "form": ("file-form", gettext_noop("Nel file manca una parte, o ce n'è una di troppo."), _AGAIN),
    "cell": ("count-small", gettext_noop("Nel file c'è un numero da 1 a 4, o che non è un numero: non può uscire."), _AGAIN),
    "quarter": ("quarter-unknown", gettext_noop("I tre mesi del file non esistono."), _AGAIN),
    "signature": ("signature-wrong", gettext_noop("La firma non vale: il file è stato cambiato."), _AGAIN),
    "key": ("key-unreadable", gettext_noop("Il file della chiave non contiene una chiave."), gettext_noop("Chiedila di nuovo.")),
}  # fmt: skip


def opened(raw: bytes, today: date) -> Counts:
    """Return what a file says, once its signature holds and nothing in it may not be told.

    Raise ``Refused('file-unreadable' | 'file-form' | 'count-small' | 'quarter-unknown' | 'quarter-open' | 'signature-wrong')``.
    """
    try:
        counts = signed_counts.read(raw)
    except BadFileError as wrong:
        raise _refused(wrong) from None
    if set(counts.cells) != set(LINES):
        raise _refused(BadFileError("form"))
    if not counts.quarter.closed(today):
        raise Refused("quarter-open", _("I tre mesi del file non sono finiti."), _("Aspetta che siano finiti."))
    return counts


def key_in(raw: bytes) -> bytes:
    """Return the key a file holds; raise ``Refused('key-unreadable')``."""
    try:
        return signed_counts.public_of(raw)
    except BadFileError as wrong:
        raise _refused(wrong) from None


def _refused(wrong: BadFileError) -> Refused:
    code, sentence, what_to_do = _SAID[wrong.code]
    return Refused(code, _(sentence), _(what_to_do))
