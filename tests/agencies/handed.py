"""Files of counts as an association of its own hands them over, and loading one."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.agencies import actions, released
from cortile.agencies.models import Agency, ReleasedCounts
from cortile.kit import signed_counts
from cortile.kit.signed_counts import Cell, Quarter
from tests import cast

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
NAME, AUTUMN = "Spazio Aperto", Quarter(2025, 4)


def pem(key: Ed25519PrivateKey = KEY) -> bytes:
    """Return the file of a key."""
    return signed_counts.key_file(key.public_key().public_bytes_raw())


def file(quarter: Quarter = AUTUMN, key: Ed25519PrivateKey = KEY, **cells: Cell) -> bytes:
    """Return a signed file, with nobody in the lines that are not named."""
    return signed_counts.write(NAME, quarter, {**dict.fromkeys(released.LINES, 0), **cells}, key)


def over(agency: Agency, quarter: Quarter = AUTUMN, **cells: Cell) -> ReleasedCounts:
    """Load a file with its key."""
    return actions.load_released(agency, file(quarter, **cells), by=cast.SYSTEM, key=pem(), received_by="Nadia Colombo")
