"""The way in, page by page, as somebody without scripts goes along it."""

from __future__ import annotations

from typing import Any

from django.test import Client

CARD, WAY, CODE = "/casa/entra/", "/casa/entra/come/", "/casa/entra/codice/"


def come_in(client: Client, card: str, code: str, way: str = "paper", **more: str) -> Any:  # noqa: ANN401 -- the test client's own answer
    """Say a card, choose how the code comes, type it; return the last answer, or the first page that was not passed."""
    first = client.post(CARD, {"card": card} | more)
    if first.status_code != 302:
        return first
    client.post(WAY, {"way": way})
    return client.post(CODE, {"code": code})
