"""What every flow runs twice on: a phone that runs scripts, and one that does not."""

from __future__ import annotations

import pytest


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Tell whether the browser runs scripts."""
    return bool(request.param)
