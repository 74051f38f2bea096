"""What the tests of the tenants' pages share: the masked page, and somebody who helps."""

from __future__ import annotations

import re
from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cortile.kit import clock
from cortile.kit.sessions import SessionStore
from cortile.people import actions as people
from cortile.people.access import session_of
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
    return _signed_in(client, "delegate", given.pk, given.agency_id)


def as_guardian(client: Client, *scopes: str) -> Client:
    """Return the client signed in as who represents Adele by law, in some matters only."""
    given = people.name_representative(
        cast.person("adele"), by=cast.at_desk("marta"), name="Ugo Neri", kind="amministratore_sostegno", decree="R.G. 12/2026",
        scopes=scopes, since=clock.today(),
    )  # fmt: skip
    return _signed_in(client, "representative", given.pk, given.agency_id)


def come_by(client: Client, name: str, came_by: str, step: int = 1) -> Client:
    """Return the client signed in as a tenant of the cast who came in a certain way."""
    session = SessionStore()
    session["tenant"] = session_of(replace(cast.herself(name), came_by=came_by, step=step))
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def _signed_in(client: Client, kind: str, number: int, agency_id: int) -> Client:
    session = SessionStore()
    session["tenant"] = {"kind": kind, "id": number, "agency": agency_id}
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
