"""Named events: a lower room tells, a higher room listens, inside the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Event:
    """Something that happened. Rooms subclass it in ``events.py``; docs/tour.md lists them all."""


E = TypeVar("E", bound=Event)
_handlers: defaultdict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def on(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler for one kind of event. There is no catch-all on purpose."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        if handler not in _handlers[kind]:
            _handlers[kind].append(handler)
        return handler

    return register


def emit(event: Event) -> None:
    """Tell the listeners of this kind, in the order they registered. A failing listener undoes the act."""
    for handler in _handlers[type(event)]:
        handler(event)


def listeners() -> dict[str, list[str]]:
    """Return event name → handler names, for the tour and its test."""
    return {kind.__name__: [f"{h.__module__}.{h.__name__}" for h in found] for kind, found in _handlers.items()}
