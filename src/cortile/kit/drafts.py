"""Drafts: what was typed survives a reload, the end of a session and a dropped network.

A form carries a signed token naming its draft. The token lets its bearer *write* that draft and never read it, so that
the last words typed are kept even when the session has ended in the meantime.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.db import transaction

from cortile.kit import clock, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import Draft

KEPT = timedelta(days=30)
TOKEN_LIFE = timedelta(days=2)
LONGEST = 20_000
SALT = "cortile.draft"
FIELD = "bozza"
# What a form sends for the machine's sake is no part of what somebody wrote.
MACHINE_FIELDS = frozenset({FIELD, "csrfmiddlewaretoken", "once"})

Data = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Slot:
    """Which draft a token writes: whose, of which form, at which address."""

    actor: str
    key: str
    path: str
    agency_id: int


def token(by: Actor, key: str, *, path: str = "") -> str:
    """Return the token of a form's draft. It holds the day, not the instant: two equal pages carry equal tokens."""
    return signing.Signer(salt=SALT).sign_object([by.key, key, path, clock.today().isoformat(), by.agency_id])


def slot(text: str) -> Slot | None:
    """Return the draft a token names, or None when it is false or older than two days."""
    try:
        actor, key, path, day, agency_id = signing.Signer(salt=SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    if clock.today() - date.fromisoformat(day) > TOKEN_LIFE or actor.startswith(Kind.PUBLIC) or agency_id is None:
        return None
    return Slot(actor, key, path, agency_id)


def slot_of(by: Actor, key: str, path: str = "") -> Slot:
    """Return the draft an actor writes in a form, without a token."""
    return Slot(by.key, key, path, by.agency_id or 0)


def keep(where: Slot, data: Data, *, title: str = "") -> Draft:
    """Save what is in a form now. The text is cut at 20,000 characters a field, far over what a form accepts."""
    written = {k: v for k, v in data.items() if k not in MACHINE_FIELDS}
    cut = {k: v[:LONGEST] if isinstance(v, str) else [x[:LONGEST] for x in v] for k, v in written.items()}
    # The session may have ended: the token says whose draft it is, and of which body.
    with wall.within(where.agency_id), transaction.atomic():
        draft, _ = Draft.objects.update_or_create(
            actor=where.actor,
            key=where.key,
            defaults={
                "agency_id": where.agency_id,
                "data": cut,
                "title": title[:200],
                "path": where.path[:300],
                "saved_at": clock.now(),
            },
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


def forget(kind: Kind, number: int) -> None:
    """Forget every draft of somebody: from now on their phone may show none of what they were writing."""
    Draft.objects.filter(actor=f"{kind}:{number}").delete()


def fresh_key() -> str:
    """Return a key for one sending of a form."""
    return secrets.token_urlsafe(9)
