"""Every page of the house, as the persona who may open it sees it: nothing undrawn, nothing inline, nothing cached."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.template import Context, Template, engines

from cortile.backstage.routes import LIBRARY, Route
from cortile.kit import clock
from tests import cast
from tests.backstage.visits import Visits
from tests.house.pages import frame_faults, markup_faults, policy_faults

pytestmark = pytest.mark.slow
# A part of a page, fetched by a page.
FRAGMENTS = {"workspace:who"}
# Their language is their address's, or the browser's: no cookie says it.
OWN_LANGUAGE = ("/info/", "/casa/senza-rete/")


class Missing(str):
    """What a template prints in place of a value nobody gave it: nothing, but it remembers the name."""

    __slots__ = ("names",)
    names: set[str]

    def __contains__(self, part: object) -> bool:
        """Claim to hold a place for the name, as Django asks before it gives it."""
        return part == "%s"

    def __mod__(self, name: object) -> str:
        """Remember the name."""
        self.names.add(str(name))
        return ""


@dataclass
class Walk:
    """One walk through the house: what every page answered, and the values its template asked for in vain."""

    pages: list[tuple[Route, HttpResponse]] = field(default_factory=list)
    undefined: dict[str, set[str]] = field(default_factory=dict)

    def whole(self) -> Iterator[tuple[Route, HttpResponse]]:
        """Yield the whole pages of HTML."""
        for route, answer in self.pages:
            if answer["Content-Type"].startswith("text/html") and route.name not in FRAGMENTS:
                yield route, answer

    def faults(self, found: Callable[[HttpResponse], Iterable[str]]) -> dict[str, list[str]]:
        """Return what is wrong with the whole pages, by address."""
        return {f"{r.sample} {r.shown_by}": wrong for r, answer in self.whole() if (wrong := list(found(answer)))}


@pytest.fixture(autouse=True)
def _alone(small_world: None) -> None:
    """Walk in the world instead of among the cast."""


@contextlib.contextmanager
def remembering() -> Iterator[Missing]:
    """Let templates print what nobody gave as something that remembers its name."""
    missing = Missing("missing")
    missing.names = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vars(engines["django"])["engine"], "string_if_invalid", missing)
        yield missing


def walk(language: str) -> Walk:
    """Open every page in a language."""
    found, visits = Walk(), Visits()
    with remembering() as missing:
        for route in visits.pages:
            missing.names = set()
            visits.client(route.shown_by).cookies["lingua"] = language
            answer: Any = visits.client(route.shown_by).get(route.sample, follow=True)
            found.pages.append((route, answer))
            found.undefined[f"{route.sample} {route.shown_by}"] = missing.names
    return found


@pytest.fixture(scope="module", params=["it", "ar"])
def walked(request: pytest.FixtureRequest, small_world: None) -> tuple[str, Walk]:
    """Walk through the house once in each language."""
    with clock.frozen(cast.NOW):
        return request.param, walk(request.param)


def test_every_page_answers(walked: tuple[str, Walk]) -> None:
    seen = walked[1].pages
    assert {r.sample for r, answer in seen if answer.status_code != 200 and r.policy != LIBRARY} == set()
    assert {answer.status_code for r, answer in seen if r.policy == LIBRARY} == {200, 404}
    assert len(seen) > 60


def test_no_template_asks_for_what_nobody_gives(walked: tuple[str, Walk]) -> None:
    assert {path: names for path, names in walked[1].undefined.items() if names} == {}


def test_nothing_is_undrawn_inline_or_without_a_token(walked: tuple[str, Walk]) -> None:
    assert walked[1].faults(lambda answer: markup_faults(answer.content.decode())) == {}


def test_every_page_has_its_language_one_heading_and_a_title(walked: tuple[str, Walk]) -> None:
    language, seen = walked
    assert seen.faults(lambda answer: frame_faults(answer.content.decode(), spoken(answer, language))) == {}


def spoken(answer: Any, language: str) -> str:  # noqa: ANN401 -- what the test client answers
    """Return the language a page is in: the reader's, but where it is the address's own."""
    return str(answer["Content-Language"]) if answer.request["PATH_INFO"].startswith(OWN_LANGUAGE) else language


def test_no_page_lets_anything_inline_through(walked: tuple[str, Walk]) -> None:
    assert walked[1].faults(policy_faults) == {}


def test_what_needs_a_name_is_kept_by_nobody(walked: tuple[str, Walk]) -> None:
    private = [(route, answer) for route, answer in walked[1].pages if route.shown_by]
    assert {route.sample for route, answer in private if "no-store" not in answer.get("Cache-Control", "")} == set()
    assert len(private) > 40


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>{{ name }}</p>", "template marks"),
        ("<script>alert(1)</script>", "inline script"),
        ('<p onclick="go()">', "onclick on p"),
        ('<p style="color:red">', "style on p"),
        ('<a href="javascript:go()">', "script in an address"),
        ('<form method="post"></form>', "form without token"),
    ],
)
def test_a_fault_of_markup_is_noticed(html: str, fault: str) -> None:
    assert list(markup_faults(html)) == [fault]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<html lang="it" dir="ltr"><title>Oggi – Scrivania</title><h1>Oggi</h1>', "language"),
        ('<html lang="ar" dir="rtl"><title>Oggi – Scrivania</title><h1>Oggi</h1><h1>Domani</h1>', "one heading"),
        ('<html lang="ar" dir="rtl"><title> – Scrivania</title><h1>Oggi</h1>', "title «– Scrivania»"),
    ],
)
def test_a_fault_of_the_frame_is_noticed(html: str, fault: str) -> None:
    assert list(frame_faults(html, "ar")) == [fault]


def test_an_open_policy_is_noticed() -> None:
    answer = HttpResponse("<style>p{}</style>", headers={"Content-Security-Policy": "default-src *; style-src 'unsafe-inline'"})
    assert list(policy_faults(answer)) == ["open policy", "default-src: *", "style-src: 'unsafe-inline'", "style without its hash"]


def test_a_value_nobody_gave_is_noticed() -> None:
    with remembering() as missing:
        assert Template("{{ nobody.gave }}").render(Context()) == ""
    assert missing.names == {"nobody.gave"}
