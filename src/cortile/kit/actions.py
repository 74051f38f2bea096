"""The only way to write: one transaction, one audit event, one record however often it is repeated."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import connection, transaction
from django.db import models as dj

from cortile.kit import actor as actors
from cortile.kit import audit, clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

REGISTRY: dict[str, Callable[..., object]] = {}


@dataclass
class _Frame:
    name: str
    by: Actor
    events: int = 0
    trail: list[str] = field(default_factory=list)


_frames: ContextVar[tuple[_Frame, ...]] = ContextVar("cortile_acts", default=())


class ActionError(RuntimeError):
    """A mistake of ours in an action: no actor, no audit event, or a write during a safe method."""


def action(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the only writer of something.

    The function takes ``by`` by keyword, calls ``done(...)`` exactly once, and may take ``once``: a key that makes a
    double submit, a retry or a replay return the first record (I12). Raises ``Refused`` like the function does.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        if "by" not in inspect.signature(function).parameters:
            raise ActionError(name)

        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            if scopes.in_safe_method():
                raise ActionError(name)
            by = cast("Actor", kwargs["by"])
            key = str(kwargs.get("once") or "")
            # An act inside an act stands or falls with it: only the outermost needs a way back.
            outermost = not _frames.get()
            told = audit.gathered() if outermost else contextlib.nullcontext()
            with _as(by), transaction.atomic(savepoint=outermost), told, _framed(name, by) as frame:
                if key and not _first_time(name, by, key):
                    return cast("R", _earlier(name, by, key))
                result = function(*args, **kwargs)
                if frame.events != 1:
                    message = f"{name} left {frame.events} audit events instead of one"
                    raise ActionError(message)
                if key and isinstance(result, dj.Model):
                    _remember(name, by, key, result)
            return result

        if name in REGISTRY:
            raise ActionError(name)
        REGISTRY[name] = act
        return act

    return wrap


def _as(by: Actor) -> contextlib.AbstractContextManager[object]:
    """Let the wall stand where the act's own actor does; an act inside another one's, by the same, stands where that stood."""
    return contextlib.nullcontext() if actors.whoever() == by else actors.acting(by)


@contextlib.contextmanager
def _framed(name: str, by: Actor) -> Iterator[_Frame]:
    frame = _Frame(name, by)
    token = _frames.set((*_frames.get(), frame))
    try:
        with scopes.opened(scopes.EVERYTHING):
            yield frame
    finally:
        _frames.reset(token)


def done(
    verb: str,
    thing: dj.Model | None = None,
    *,
    persons: Iterable[int | None] = (),
    fields: Iterable[str] = (),
    reason: str = "",
    who: Actor | None = None,
    of: int | None = None,
) -> None:
    """Leave the audit event of the running action: what changed, of whom, and why.

    ``who`` is named instead of the actor where the act itself finds out who it is; ``of`` is the body whose log it stands in.
    """
    frame = _frames.get()[-1]
    frame.events += 1
    by = who or frame.by
    audit.leave(frame.name, by=by, verb=verb, thing=thing, persons=persons, fields=fields, reason=reason, of=of)


def refuse_unless(condition: object, code: str, sentence: str, what_to_do: str = "") -> None:
    """Raise ``Refused`` when a condition does not hold: the one-line form actions use."""
    if not condition:
        raise Refused(code, sentence, what_to_do)


def _first_time(name: str, by: Actor, key: str) -> bool:
    """Take the receipt. A second caller waits here for the first one's commit, then finds the record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kit_receipt (action, actor, key, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [name, by.key, key, clock.now()],
        )
        return bool(cursor.rowcount == 1)


def _remember(name: str, by: Actor, key: str, result: dj.Model) -> None:
    receipts = apps.get_model("kit", "Receipt").objects
    receipts.filter(action=name, actor=by.key, key=key).update(thing=result._meta.label_lower, thing_id=result.pk)


def _earlier(name: str, by: Actor, key: str) -> dj.Model | None:
    receipt = apps.get_model("kit", "Receipt").objects.get(action=name, actor=by.key, key=key)
    if not receipt.thing:
        return None
    return cast("dj.Model", apps.get_model(receipt.thing)._base_manager.get(pk=receipt.thing_id))
