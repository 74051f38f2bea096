"""A problem the person at the keyboard can solve: one sentence, no traceback."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 -- it is what the person reads, not an error of ours
    """Stops ``./run`` with a sentence that says what to do."""
