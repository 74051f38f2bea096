"""``bench two-worlds``: the full product of the two-world test, as many pairs as there are (``tests/two_worlds``)."""

from __future__ import annotations

import os

from tools import house, testing
from tools.paths import ROOT, python

FULL = str(ROOT / "tests" / "two_worlds" / "full_product.py")


def run(arguments: list[str]) -> int:
    """Ask everything in both worlds and print pairs, differences and seed; ``CORTILE_TWO_WORLDS=N`` caps the pairs."""
    env = testing.template(house.stand()) | {"CORTILE_DEMO": "1", "CORTILE_TWO_WORLDS": os.environ.get("CORTILE_TWO_WORLDS", "all")}
    return house.show([python(), "-m", "pytest", "-q", "-s", FULL, *arguments], env)
