"""Beginning a shift at the desk: whoever asks learns only whether it is open."""

from __future__ import annotations

from cortile.haven import keys
from cortile.haven.actions import associations
from cortile.haven.models import Operator
from cortile.kit import clock
from cortile.kit.actor import Actor


def sign_in(login: str, phrase: str, *, by: Actor) -> str:
    """Open a shift and return its token; an empty one for a wrong phrase, a login nobody has and one that is shut.

    All three cost the same work: how long the answer takes tells nothing either.
    """
    operator = Operator.objects.filter(login=login.strip().lower()).first()
    if operator is None or not _is_tried(operator):
        keys.stretched(phrase, keys.fresh_salt(), keys.Stretching())
    return associations.open_shift(operator, phrase, by=by) if operator is not None else ""


def _is_tried(operator: Operator) -> bool:
    """Tell whether a phrase of theirs is stretched at all."""
    return operator.active and (operator.shut_until is None or operator.shut_until <= clock.now())
