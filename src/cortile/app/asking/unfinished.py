"""A request begun and not sent: found again wherever she left it, but for what a code sent to a telephone must not show.

In a session such a code opened, a sensitive topic begun elsewhere is not there; begun in this very session, it goes on.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from cortile.kit import drafts
from cortile.kit.actor import Actor
from cortile.listening.states import SENSITIVE_CHIPS, TOPICS

KEY, HERE = "ask", "asking"


def find(session: SessionBase, *, by: Actor) -> dict[str, str]:
    """Return what was begun, as far as this session may show it; or an empty dict."""
    found = {k: v for k, v in drafts.find(by, KEY).items() if isinstance(v, str)}
    sensitive = TOPICS.get(found.get("topic", ""), "") in SENSITIVE_CHIPS
    return {} if by.by_phone_code and sensitive and not session.get(HERE) else found


def keep(session: SessionBase, said: dict[str, str], *, by: Actor) -> None:
    """Keep what was said so far."""
    session[HERE] = True
    drafts.keep(drafts.slot_of(by, KEY, reverse("app:ask_words")), said)


def drop(*, by: Actor) -> None:
    """Forget it, once it has been sent."""
    drafts.drop(by, KEY)
