"""Signed-in sessions of the cast, without the forms: those have tests of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from cortile.agencies.models import Staff
from cortile.kit.sessions import SessionStore
from cortile.people.access import session_of
from tests import cast


def key_of(name: str) -> str:
    """Return the key of a new session of somebody of the cast, staff or tenant."""
    session = SessionStore()
    member = Staff.objects.filter(email=f"{name}@example.invalid").first()
    if member is None:
        session["tenant"] = session_of(cast.herself(name))
    else:
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass(frozen=True, slots=True)
class Enter:
    """Signs the test client in: ``enter("marta").get("/scrivania/")``."""

    client: Client

    def __call__(self, name: str) -> Client:
        """Return the client signed in as somebody of the cast."""
        self.client.cookies[settings.SESSION_COOKIE_NAME] = key_of(name)
        return self.client
