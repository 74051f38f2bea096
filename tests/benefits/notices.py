"""Calls for the tests: drafted by Federica, proposed by her, published by Paola."""

from __future__ import annotations

from typing import Any

from cortile.benefits import actions as benefits
from cortile.benefits import catalogue
from cortile.benefits.models import CallVersion
from cortile.benefits.rules import writing
from tests import cast

CONDITIONS: dict[str, Any] = {
    "texts": {
        "title": "Contributo energetico", "purpose": "Aiuta a pagare il riscaldamento.", "paid_how": "Lo togliamo dalla bolletta.",
    },
    "opens_at": "2026-03-01T08:00:00+00:00", "closes_at": "2026-04-30T10:00:00+00:00", "envelope_cents": 1_000_000_00,
    "strategy": "priority", "last": "whole_only", "base": "la somma dovuta", "documents": ["ISEE"], "preliminary_notice": True,
    "unconfirmed": [],
}  # fmt: skip


def rule(name: str) -> dict[str, Any]:
    """Return the data of a rule that comes with the house."""
    return writing.data_of(catalogue.rule(name))


def drafted(programme: str = "energy", *, code: str = "2026/1", **changed: Any) -> CallVersion:  # noqa: ANN401 -- the terms' own values
    """Draft a call."""
    return benefits.draft_call(
        cast.agency(), by=cast.at_desk("federica"), code=code, programme=programme, rule=changed.pop("rule", rule(programme)),
        conditions=CONDITIONS | changed,
    )  # fmt: skip


def proposed(programme: str = "energy", **changed: Any) -> CallVersion:  # noqa: ANN401 -- as above
    """Draft a call and propose it."""
    return benefits.propose_call(drafted(programme, **changed).pk, by=cast.at_desk("federica"))


def published(programme: str = "energy", **changed: Any) -> CallVersion:  # noqa: ANN401 -- as above
    """Draft a call, propose it and have somebody else publish it."""
    return benefits.publish_call(proposed(programme, **changed).pk, by=cast.at_desk("paola"))
