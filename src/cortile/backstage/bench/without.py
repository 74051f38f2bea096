"""The house without its second wall and without its audit: for ``bench wall`` to measure what they cost, and nothing else."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

if os.environ.get("CORTILE_BENCH") != "1":
    message = "only the bench serves the house without its wall"
    raise RuntimeError(message)

application = get_wsgi_application()

# The rooms are there from here on.
from cortile.kit import audit, wall  # noqa: E402 -- as above


def _straight(execute: object, sql: object, params: object, many: object, context: object) -> object:
    return execute(sql, params, many, context)  # type: ignore[operator]  # a Django execute wrapper


def _nothing(*_: object, **_more: object) -> None:
    return None


# Connections opened from now on get this in the wall's place.
wall._wrapper = _straight  # noqa: SLF001 -- the bench's own
audit.leave = audit.seen = _nothing
