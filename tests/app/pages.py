"""What the tests of the tenants' pages share: the masked page, and somebody who helps."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cortile.kit.sessions import SessionStore
from cortile.people import actions as people
from tests import cast

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def said(response: HttpResponse) -> str:
    """Return a page as its reader sees it: the token that changes every time masked."""
    return CSRF.sub("", response.content.decode(errors="replace"))


ONCE = re.compile(r'name="(once|_draft)" value="[^"]+"')


def masked(response: HttpResponse) -> str:
    """Return a page with all that changes each time it is drawn masked: to compare two to the byte."""
    return ONCE.sub("", said(response))


def as_daughter(client: Client, *scopes: str) -> Client:
    """Return the client signed in as Adele's daughter, who sees some matters only."""
    given = people.name_delegate(
        cast.person("adele"), by=cast.at_desk("marta"), name="Lucia Brambilla", talked_alone=True, scopes=scopes
    )
    session = SessionStore()
    session["tenant"] = {"kind": "delegate", "id": given.pk, "agency": given.agency_id}
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
