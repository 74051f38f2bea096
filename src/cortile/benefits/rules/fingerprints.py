"""What a decision was made of, as one hash: the same rule, parameters and data give it again years later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(data: object) -> bytes:
    """Write JSON data in one way only: keys in order, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(version: str, figures: Mapping[str, int], facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what decided: the version's own, the parameters in force, the inputs with source and date."""
    return hashlib.sha256(canonical({"version": version, "parameters": dict(figures), "inputs": dict(facts)})).hexdigest()


def of_data(data: object) -> str:
    """Return the SHA-256 of a whole set: the rule, the texts, the form."""
    return hashlib.sha256(canonical(data)).hexdigest()
