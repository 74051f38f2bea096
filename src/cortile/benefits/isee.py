"""The number INPS writes on the attestation of an ISEE."""

from __future__ import annotations

import re

from cortile.kit import clock

# Nine characters, on some sheets eight figures and a letter: both are taken, the office checks (domain §3).
_PROTOCOL = re.compile(r"INPSISEE(20\d\d)([0-9A-Z]{9})(\d\d)")


def protocol(typed: str) -> str:
    """Return an attestation's number as INPS writes it. Raise ``ValueError`` for what is none."""
    found = _PROTOCOL.fullmatch("".join(c for c in typed.upper() if c.isalnum()))
    if found is None:
        raise ValueError(typed)
    return "INPS-ISEE-{}-{}-{}".format(*found.groups())


def year_of(number: str) -> int:
    """Return the year of an attestation."""
    return int(number.split("-")[2])


def is_old(number: str) -> bool:
    """Tell whether an attestation is of a year that is over: it is good until its 31 December (DPCM 159/2013 art. 10)."""
    return bool(number) and year_of(number) < clock.today().year
