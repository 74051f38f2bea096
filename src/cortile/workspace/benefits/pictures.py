"""What became of a call's requests, as bars beside their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from cortile.benefits import funds
from cortile.kit import charts
from cortile.kit.actor import Actor


def pictures(call_id: int, by: Actor) -> dict[str, object]:
    """Return the way from a draft to a payment, and why some were refused, ready to be shown."""
    return {"funnel": _bars(funds.funnel(call_id, by=by)), "reasons": _bars(funds.reasons(call_id, by=by))}


def _bars(steps: Sequence[funds.Step]) -> list[dict[str, object]]:
    """Draw each count beside its words; what may not be shown has no bar either."""
    most = max((step.many for step in steps if isinstance(step.many, int)), default=0)
    return [
        {
            "label": step.label, "said": funds.filled(step.many),
            "bar": charts.share(step.many, most, step.label) if isinstance(step.many, int) else "",
        }
        for step in steps
    ]  # fmt: skip
