"""Envelopes and applications for the tests: in April 2026, while the calls of ``notices`` are open."""

from __future__ import annotations

from typing import Any

from cortile.benefits import actions as benefits
from cortile.benefits.actions import Stated
from cortile.benefits.models import Application, CallVersion, Envelope
from tests import cast

# Adele's figures in the examples: half of 825 euros is 412,50.
ADELE = {"band": 1, "isee": 12_400_00, "due": 825_00}


def stated(**values: int | None) -> dict[str, Stated]:
    """Return what an applicant says, input by input."""
    return {name: Stated(value, "dichiarato") for name, value in (ADELE | values).items()}


def envelope(version: CallVersion, cents: int, *, code: str = "L1") -> Envelope:
    """Open an envelope for a call and put money into it."""
    federica = cast.at_desk("federica")
    opened = benefits.open_envelope(cast.agency(), by=federica, code=code, fund="FSE+ L.1", call=version.call)
    benefits.allocate(opened, by=federica, cents=cents, reason="delibera", once=code)
    return opened


def applied(version: CallVersion, who: str = "adele", *, by: Any = None, **values: Any) -> Application:  # noqa: ANN401 -- as submit
    """Send in an application of one of the cast, by themselves unless somebody helps."""
    said = values.pop("said", stated())
    return benefits.submit(version.call_id, cast.person(who), by=by or cast.identified(who), stated=said, **values)
