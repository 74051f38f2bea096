"""The port of who says that somebody is who they are: SPID and CIE, by adapters named in the settings (docs/decisions/0019)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

WAYS = ("spid", "cie")


class Unproven(Exception):  # noqa: N818 -- an answer rather than an error
    """What came back proves nothing. ``why`` is one word: tests and logs name it, nobody's data are in it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Silent(Unproven):
    """The provider does not answer, or answers that it cannot."""

    def __init__(self) -> None:
        super().__init__("silent")


@dataclass(frozen=True, slots=True)
class Errand:
    """What a browser is sent away with, and what its session keeps until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Asserted:
    """Who a provider says that somebody is. ``digest`` is of the token that said it: each says it once."""

    way: str
    issuer: str
    subject: str
    fiscal_code: str
    digest: str


class Provider(Protocol):
    """Asserts identities in one way."""

    def send(self, back: str) -> Errand:
        """Return where a browser goes to be recognised; it comes back to ``back``. Raise ``Silent``."""

    def answered(self, code: str, kept: Errand, back: str, issuer: str) -> Asserted:
        """Return who came back with a code, the issuer named beside it if any. Raise ``Unproven`` or ``Silent``."""

    def lacks(self) -> str:
        """Return in one sentence why nobody could come in this way now, or nothing."""


def of(way: str) -> Provider | None:
    """Return who asserts identities in a way, or nothing. Raise ``ImportError`` or ``ImproperlyConfigured`` for a wrong one."""
    path = settings.IDENTITY.get(way, "")
    if not path:
        return None
    found: Provider = import_string(path)(way)
    return found


def ways() -> list[str]:
    """Return the ways there are."""
    return [way for way in WAYS if settings.IDENTITY.get(way)]
