"""What our own files are sent with."""

from __future__ import annotations

from collections.abc import MutableMapping

WORKER, ITS_PAGES = "/worker.js", "/casa/"


def headers(headers: MutableMapping[str, str], path: str, url: str) -> None:  # noqa: ARG001 -- the library's signature
    """Let the tenants' worker look after the tenants' pages, and after no others."""
    if url.endswith(WORKER):
        headers["Service-Worker-Allowed"] = ITS_PAGES
