"""How long a session has rested: kept in the session itself, and written at most once a minute."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase

from cortile.kit import clock

MINUTE = 60
# Nobody works longer in one go: then the whole sign-in again, however often the screen was touched.
LONGEST = 12 * 3600
# How long after the whole sign-in somebody may choose what signs them in the next time.
FRESH = 5 * MINUTE
GUESSES = 5
BEGAN, TOUCHED, MINUTES, QUICK, WRONG = "began", "touched", "rests", "quick", "wrong"


def _now() -> int:
    return int(clock.now().timestamp())


def begin(session: SessionBase) -> None:
    """Note a whole sign-in: what was in the session of a browser before counts for nothing."""
    session[BEGAN] = _now()
    for left in (TOUCHED, MINUTES, QUICK, WRONG):
        session.pop(left, None)


def is_fresh(session: SessionBase, *, shown: float) -> bool:
    """Tell whether somebody has just signed in whole, or shown (at a second) what signs them in."""
    began = 0 if is_quick(session) else session.get(BEGAN, 0)
    return any(abs(_now() - at) < FRESH for at in (began, shown))


def is_guessed_at(session: SessionBase) -> bool:
    """Count a wrong guess from a session, and tell whether it has made as many as one may."""
    session[WRONG] = session.get(WRONG, 0) + 1
    return bool(session[WRONG] >= GUESSES)


def is_old(session: SessionBase) -> bool:
    """Tell whether a session has lasted as long as one may."""
    return bool(_now() - session.get(BEGAN, _now()) >= LONGEST)


def ends(session: SessionBase) -> int:
    """Return the second until which a session may rest; far ahead for one nobody has touched yet."""
    return int(session.get(TOUCHED, _now())) + int(session.get(MINUTES, MINUTE)) * MINUTE


def minutes(session: SessionBase) -> int:
    """Return how long a session may rest where it was last touched, or 0 for one nobody has touched yet."""
    return int(session.get(MINUTES, 0))


def is_over(session: SessionBase) -> bool:
    """Tell whether a session has rested longer than it may where it was last touched."""
    return _now() >= ends(session)


def touch(session: SessionBase, minutes: Callable[[], int]) -> None:
    """Note that somebody is there, and how long they may rest: asked and written at most once a minute."""
    now = _now()
    session.setdefault(BEGAN, now)
    if abs(now - session.get(TOUCHED, 0)) >= MINUTE:
        session[TOUCHED], session[MINUTES] = now, minutes()


def reopen(session: SessionBase, *, quick: bool) -> None:
    """Let a locked session go on. ``quick`` says that less than the whole sign-in was asked."""
    session[TOUCHED] = _now()
    if quick:
        session[QUICK] = True


def is_quick(session: SessionBase) -> bool:
    """Tell whether a session was reopened with less than the whole sign-in."""
    return bool(session.get(QUICK))
