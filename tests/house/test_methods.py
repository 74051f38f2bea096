"""Every address, everybody, every method: what a page did not declare it does not do, and a stranger learns nothing of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from pytest_django import Settings

from cortile.config import start
from cortile.kit import doors
from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.listening import actions as listening
from cortile.listening.access import link_actor
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from tests import cast, sessions

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
STAFF = (
    "marta", "bruno", "paola", "silvia", "salvatore", "lucia", "ornella", "nadia", "davide", "federica", "roberto", "sara", "luca",
)  # fmt: skip
TENANTS = ("adele", "samira")
REFUSED = 405


@dataclass(frozen=True)
class Page:
    """One address and what its view declared; no policy where it is the login library's."""

    address: str
    policy: str
    methods: tuple[str, ...]

    def undeclared(self) -> list[str]:
        """Return the methods the page does not answer."""
        known = {*self.methods, "HEAD"} if "GET" in self.methods else {*self.methods}
        return [m for m in METHODS if m not in known]


def pages(resolver: URLResolver, space: str = "") -> Iterator[Page]:
    """Return every address, numbers and words filled in with any: the method is looked at before the thing."""
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from pages(part, f"{space}{part.namespace}:" if part.namespace else space)
        elif isinstance(part, URLPattern) and part.name:
            opening = doors.opening_of(part.callback)
            methods = opening.methods if opening else ("GET", "POST")
            yield Page(_address(part, f"{space}{part.name}"), opening.policy if opening else "", methods)


def _address(part: URLPattern, name: str) -> str:
    known = getattr(part.pattern, "converters", {})
    if "key" in known or "(?P" in str(part.pattern):
        return reverse(name, kwargs=dict.fromkeys(part.pattern.regex.groupindex, "1-a"))
    return reverse(name, kwargs={key: 1 if isinstance(kind, IntConverter) else "a" for key, kind in known.items()})


@pytest.fixture
def everybody() -> dict[str, tuple[Client, Actor]]:
    """Return browsers and actors: nobody, tenants, a delegate, an office's link, and every role of the staff."""
    found = {"nobody": (Client(), PUBLIC)}
    found |= {who: (sessions.Enter(Client())(who), cast.herself(who)) for who in TENANTS}
    found |= {who: (sessions.Enter(Client())(who), cast.at_desk(who)) for who in STAFF}
    adele, marta = cast.person("adele"), cast.at_desk("marta")
    helper = people.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    kept = {"kind": str(Kind.DELEGATE), "id": helper.pk, "agency": adele.agency_id}
    found["delegate"] = _with("tenant", kept), tenant_actor(kept)  # type: ignore[assignment]  # she is there
    sent = listening.hand_over(cast.open_request("adele"), cast.office(), by=marta, question="Quando viene il tecnico?")
    kept = {"id": sent.pk, "agency": adele.agency_id}
    found["link"] = _with("link", kept), link_actor(kept)  # type: ignore[assignment]  # sent just now
    return found


def _with(name: str, value: object) -> Client:
    client = Client()
    session = client.session
    session[name] = value
    session.save()
    return client


def wrong(page: Page, who: str, client: Client, actor: Actor, method: str) -> str:
    """Return what is wrong with the answer to a method a page did not declare, or nothing."""
    admitted = not page.policy or doors.admits(page.policy, actor)
    status = client.generic(method, page.address).status_code
    # Signing out ends the session of whoever does it.
    expected = {REFUSED} if admitted else {302} if actor.kind == Kind.PUBLIC else {404}
    return "" if status in expected else f"{method} {page.address} {who}: {status}"


@pytest.mark.slow
def test_no_page_does_what_it_did_not_declare(everybody: dict[str, tuple[Client, Actor]]) -> None:
    every = list(pages(get_resolver()))
    assert len(every) > 60
    tried = [
        wrong(page, who, client, actor, method)
        for (page, (who, (client, actor))) in itertools.product(every, everybody.items())
        for method in page.undeclared()
    ]
    assert len(tried) > 5000
    assert [fault for fault in tried if fault] == []


def test_a_page_that_declares_too_little_is_noticed(everybody: dict[str, tuple[Client, Actor]]) -> None:
    client, actor = everybody["marta"]
    assert (
        wrong(Page("/scrivania/cerca/", "search people", ()), "marta", client, actor, "GET") == "GET /scrivania/cerca/ marta: 200"
    )


@pytest.mark.parametrize(("who", "status"), [("marta", 200), ("salvatore", 404), ("nobody", 302)])
def test_asking_for_the_head_answers_as_the_page_would(everybody: dict[str, tuple[Client, Actor]], who: str, status: int) -> None:
    client = everybody[who][0]
    answers = [getattr(client, method)("/scrivania/cerca/") for method in ("get", "head")]
    assert [a.status_code for a in answers] == [status, status]
    assert answers[1].content == b""


# --- no page without a policy ---


def _found(name: str) -> list[str]:
    return start.undeclared(get_resolver(name))


def test_every_page_says_whom_it_opens_to() -> None:
    assert start.undeclared(get_resolver()) == []
    assert start.every_page_has_a_policy() == []


@pytest.mark.pure
def test_a_page_without_a_policy_is_named() -> None:
    assert _found("tests.house.open_pages") == ["scrivania/aperta/", "accesso/nuova/", "scrivania/ignota/"]


def test_and_the_web_server_does_not_start(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.house.open_pages"
    assert [found.id for found in start.every_page_has_a_policy()] == ["cortile.E001"] * 3
    with pytest.raises(ImproperlyConfigured, match="scrivania/aperta/"):
        start.examine()


def test_nor_as_the_one_who_migrates(settings: Settings) -> None:
    settings.AS_OWNER = True
    with pytest.raises(ImproperlyConfigured, match="CORTILE_ROLE=owner"):
        start.examine()
