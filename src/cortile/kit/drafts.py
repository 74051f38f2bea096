"""Drafts: what was typed survives a reload, the end of a session and a dropped network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.models import Draft

KEPT = timedelta(days=30)
LONGEST = 20_000


def keep(by: Actor, key: str, data: Mapping[str, str | list[str]], *, title: str = "", path: str = "") -> Draft:
    """Save what is in a form now. The text is cut at 20,000 characters a field, far over what a form accepts."""
    cut = {k: v[:LONGEST] if isinstance(v, str) else [x[:LONGEST] for x in v] for k, v in data.items()}
    with transaction.atomic():
        draft, _ = Draft.objects.update_or_create(
            actor=by.key,
            key=key,
            defaults={"data": cut, "title": title[:200], "path": path[:300], "saved_at": clock.now()},
        )
    return draft


def find(by: Actor, key: str) -> dict[str, str | list[str]]:
    """Return what this actor was writing in this form, or an empty dict."""
    found = Draft.objects.filter(actor=by.key, key=key, saved_at__gte=clock.now() - KEPT).first()
    return dict(found.data) if found else {}


def mine(by: Actor) -> list[Draft]:
    """Return the actor's drafts, newest first."""
    return list(Draft.objects.filter(actor=by.key, saved_at__gte=clock.now() - KEPT).order_by("-saved_at"))


def drop(by: Actor, key: str) -> None:
    """Forget a draft once its content has been sent."""
    Draft.objects.filter(actor=by.key, key=key).delete()
