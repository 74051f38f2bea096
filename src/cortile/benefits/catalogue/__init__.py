"""The rules that come with the house, as data. A body drafts its call from one and changes what its own notice says."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from cortile.benefits.rules import checking, reading
from cortile.benefits.rules.nodes import Rule

NAMES = ("energy", "energy_in_city", "solidarity", "solidarity_entry")


@cache
def rule(name: str) -> Rule:
    """Return one of the rules that come with the house, checked. Raise ``KeyError`` for a name that is not there."""
    if name not in NAMES:
        raise KeyError(name)
    found = reading.read(json.loads(resources.files(__name__).joinpath(f"{name}.json").read_text("utf-8")))
    checking.check(found)
    return found
