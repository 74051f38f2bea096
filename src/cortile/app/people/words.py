"""«Chi ha visto i miei dati» on a phone: the sentences of the house, with roles in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cortile.app.words import role as in_words
from cortile.people.who_looked import Event, Line, lines


def seen(events: Iterable[Event], role_of: Callable[[str], str]) -> list[Line]:
    """Return who saw or wrote what, each thing once a day."""
    return [replace(line, role=in_words(line.role)) for line in lines(events, role_of)]
