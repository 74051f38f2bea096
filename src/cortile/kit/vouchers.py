"""The port of who says which program is calling: vouchers of the national platform PDND, by an adapter named in the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a voucher that holds says: which of our services it is for, and who may use it."""

    audience: str
    client: str


class Reader(Protocol):
    """Reads vouchers."""

    def read(self, token: str) -> Voucher | None:
        """Return what a voucher says, or nothing for one that proves nothing."""


def read(token: str) -> Voucher | None:
    """Return what a voucher says, or nothing: nobody is believed without a reader. Raise ``ImportError`` for a wrong one."""
    if not settings.VOUCHERS or not token:
        return None
    found: Reader = import_string(settings.VOUCHERS)()
    return found.read(token)
