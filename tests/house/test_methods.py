"""Every address, everybody, every method: what a page did not declare it does not do, and a stranger learns nothing of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from cortile.config import start
from cortile.config.middleware import Who
from cortile.kit import actor as actors
from cortile.kit import doors
from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.listening import actions as listening
from cortile.listening.access import link_actor
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from tests import cast, sessions

View = Callable[..., Any]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
STAFF = (
    "marta", "bruno", "paola", "silvia", "salvatore", "lucia", "ornella", "nadia", "davide", "federica", "roberto", "sara", "luca",
)  # fmt: skip
TENANTS = ("adele", "samira")
REFUSED, NO_MACHINE = 405, 401


@dataclass(frozen=True)
class Page:
    """One address and what its view declared; no policy where it is the login library's."""

    address: str
    view: View
    policy: str
    methods: tuple[str, ...]

    def undeclared(self) -> list[str]:
        """Return the methods the page does not answer."""
        known = {*self.methods, "HEAD"} if "GET" in self.methods else {*self.methods}
        return [m for m in METHODS if m not in known]


def pages(resolver: URLResolver, prefix: str = "/") -> Iterator[Page]:
    """Return every address, numbers and words filled in with any: the method is looked at before the thing."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from pages(part, path)
        elif isinstance(part, URLPattern) and part.name:
            opening = doors.opening_of(part.callback)
            methods = opening.methods if opening else ("GET", "POST")
            yield Page(_filled(path), part.callback, opening.policy if opening else "", methods)


def _filled(path: str) -> str:
    """Put any number and any word in an address; the library's expressions take the same word."""
    bare = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "a", path).replace("^", "").replace("$", "")
    return re.sub(r"<(?!int:)[\w:]+>", "a", re.sub(r"<int:\w+>", "1", bare))


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


def expected(page: Page, actor: Actor) -> int:
    """Return how a method a page did not declare is answered: told to who may see the page, nothing to anybody else."""
    admitted = not page.policy or doors.admits(page.policy, actor)
    if page.policy in {"machine", "inps"}:
        return NO_MACHINE
    return REFUSED if admitted else 302 if actor.kind == Kind.PUBLIC else 404


def wrong(page: Page, who: str, client: Client, actor: Actor, method: str) -> str:
    """Return what is wrong with a whole answer to a method a page did not declare, or nothing."""
    status = client.generic(method, page.address).status_code
    return "" if status == expected(page, actor) else f"{method} {page.address} {who}: {status}"


def decided(page: Page, actor: Actor, method: str) -> int:
    """Return what the door alone decides: the part of an answer that looks at methods, without a session or a database."""
    request, library = RequestFactory().generic(method, page.address), Who(lambda _: HttpResponse())
    with actors.acting(actor):
        try:
            return (library.process_view(request, page.view, (), {}) or page.view(request)).status_code
        except Http404:
            return 404


def test_no_page_does_what_it_did_not_declare_for_anybody(everybody: dict[str, tuple[Client, Actor]]) -> None:
    every = [(page, who, method) for page in pages(get_resolver()) for who in everybody for method in page.undeclared()]
    assert len(every) > 10_000
    found = [(p.address, who, m) for p, who, m in every if decided(p, everybody[who][1], m) != expected(p, everybody[who][1])]
    assert found == []


@pytest.mark.slow
def test_nor_does_the_whole_house(everybody: dict[str, tuple[Client, Actor]]) -> None:
    """Every address and everybody once, the methods in turn."""
    turn = itertools.count()
    every = [(page, who) for page in pages(get_resolver()) for who in everybody if page.undeclared()]
    methods = (page.undeclared()[next(turn) % len(page.undeclared())] for page, _who in every)
    found = [wrong(page, who, *everybody[who], method) for (page, who), method in zip(every, methods, strict=True)]
    assert len(found) > 1500
    assert [fault for fault in found if fault] == []


def test_a_page_that_declares_too_little_is_noticed(everybody: dict[str, tuple[Client, Actor]]) -> None:
    client, actor = everybody["marta"]
    assert (
        wrong(Page("/scrivania/cerca/", start.examine, "search people", ()), "marta", client, actor, "GET")
        == "GET /scrivania/cerca/ marta: 200"
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
