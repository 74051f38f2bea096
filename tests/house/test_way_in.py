"""What the ways in must not tell, nor let through: sign-in, languages, links, forms from elsewhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cortile.app.entrance import device
from cortile.backstage import routes
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.people import actions as people
from cortile.people import rules
from cortile.people.models import Person, SignInCode
from tests import cast, sessions
from tests.app.entering import come_in

DOOR = "/casa/entra/"
NOBODYS = rules.card(9_999_999)


class Work(NamedTuple):
    """How a sign-in ends: its status, its page, its cookies' names and lengths, and the statements without their values."""

    status: int
    page: str
    cookies: dict[str, int]
    statements: list[str]


def _work(card: str, code: str, *, address: str = "192.0.2.1") -> Work:
    client = Client(REMOTE_ADDR=address)
    # The frame of a page is found once a minute, whoever opens it.
    client.get(DOOR)
    with CaptureQueriesContext(connection) as done:
        answer = come_in(client, card, code)
    said = [re.sub(r"""'[^']*'|"s\d+_x\d+"|\b\d+\b|\b(?:true|false|NULL)\b""", "?", q["sql"]) for q in done.captured_queries]
    page = re.sub(r'value="\w{64}"', "", answer.content.decode())
    return Work(answer.status_code, page, {n: len(m.value) for n, m in client.cookies.items()}, said)


def _every_way_that_is_wrong(adele: Person, code: str) -> Iterator[Work]:
    """Yield what each costs: wrong, unknown card, card without a code, used up, expired, right code of a merged person."""
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    yield from (_work(card, wrong) for card in (adele.card_number, NOBODYS, cast.person("gianni").card_number))
    for number in range(50):
        _work(adele.card_number, wrong, address=f"192.0.2.{number + 10}")
    yield _work(adele.card_number, code)
    with scopes.opened(scopes.EVERYTHING):
        SignInCode.objects.update(guesses_left=50, expires_at=cast.NOW)
        yield _work(adele.card_number, code)
        SignInCode.objects.update(expires_at=cast.NOW + timedelta(days=1))
        Person.objects.filter(pk=adele.pk).update(state="merged")
        yield _work(adele.card_number, code)


def test_whatever_is_wrong_takes_the_same_work_and_leaves_the_same_cookies(adele: Person, marta: Actor) -> None:
    works = [*_every_way_that_is_wrong(adele, people.issue_paper_code(adele, by=marta)[1])]
    assert (len(works), works[0].status) == (6, 422)
    assert [work for work in works if work != works[0]] == []


def test_a_helpers_card_takes_no_other_work(adele: Person, marta: Actor) -> None:
    helper = people.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    people.issue_paper_code(adele, by=marta, card_number=helper.card_number)
    assert _work(helper.card_number, "1") == _work(NOBODYS, "1")


def test_what_does_come_in_is_noticed(adele: Person, marta: Actor) -> None:
    right = _work(adele.card_number, people.issue_paper_code(adele, by=marta)[1])
    assert right != _work(adele.card_number, "1")


def test_a_device_she_came_in_with_before_is_hers_however_many_guess(adele: Person, marta: Actor, client: Client) -> None:
    code = people.issue_paper_code(adele, by=marta)[1]
    come_in(client, adele.card_number, code)
    client.post("/casa/esci/")
    for number in range(50):
        _work(adele.card_number, "1", address=f"192.0.2.{number}")
    assert _work(adele.card_number, code, address="198.51.100.1").status == 422
    assert come_in(client, adele.card_number, code).status_code == 302


def test_a_new_code_makes_every_device_a_stranger(adele: Person, marta: Actor, client: Client) -> None:
    come_in(client, adele.card_number, people.issue_paper_code(adele, by=marta)[1])
    request = HttpRequest()
    request.COOKIES["cortile-device"] = client.cookies["cortile-device"].value
    assert device.known(request, adele.card_number)
    people.issue_paper_code(adele, by=marta)
    assert device.known(request, adele.card_number) == ""


def test_her_device_is_known_for_her_card_alone(adele: Person, gianni: Person, marta: Actor, client: Client) -> None:
    come_in(client, adele.card_number, people.issue_paper_code(adele, by=marta)[1])
    client.post("/casa/esci/")
    his = people.issue_paper_code(gianni, by=marta)[1]
    for number in range(50):
        _work(gianni.card_number, "1", address=f"192.0.2.{number}")
    assert come_in(client, gianni.card_number, his).status_code == 422


def test_the_devices_cookie_tells_nobody_whose_it_is(adele: Person, gianni: Person, marta: Actor, client: Client) -> None:
    jars = []
    for whose in (adele, gianni):
        come_in(client, whose.card_number, people.issue_paper_code(whose, by=marta)[1])
        jars.append(client.cookies["cortile-device"].value)
        client.post("/casa/esci/")
    assert len(jars[0]) == len(jars[1])
    assert not any(word in jar for jar in jars for word in (adele.card_number, gianni.card_number, "Adele", "Gianni"))


def test_a_cookie_somebody_wrote_themselves_is_no_device(adele: Person, client: Client) -> None:
    request = HttpRequest()
    request.COOKIES["cortile-device"] = f"0123.{'a' * 32}:forged"
    assert device.known(request, adele.card_number) == ""


def test_guesses_sent_all_at_once_are_counted_one_by_one(adele: Person, marta: Actor) -> None:
    people.issue_paper_code(adele, by=marta)
    statements = _work(adele.card_number, "1").statements
    assert any("people_signincode" in sql and sql.endswith("FOR UPDATE") for sql in statements)
    assert any("pg_advisory_xact_lock" in sql for sql in statements)


def test_a_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.get("/", {"lingua": "it"}, PATH_INFO="//example.org/")
    assert answer.headers["Location"] == "/%2Fexample.org/"


# --- forms from elsewhere, and what is too large ---


# Machines sign what they send; and whoever leaves in a hurry is let out, which helps nobody who forges it.
WITHOUT_FORMS = {"/api/sms/arrivi/": 401, "/api/sms/stati/": 401, "/api/waas/v1/esiti": 401, "/info/esci/": 204}
# Public lists that HSDS lets anybody ask by POST too: they write nothing, and a session counts for nothing there.
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
WITHOUT_FORMS |= dict.fromkeys((f"/api/hsds/{name}" for name in LISTS), 200)


def _posts() -> list[str]:
    return sorted({r.sample for r in routes.every() if "POST" in r.methods and r.sample.startswith("/")})


def test_a_form_from_elsewhere_is_refused_everywhere() -> None:
    strict, addresses = sessions.Enter(Client(enforce_csrf_checks=True))("marta"), _posts()
    assert len(addresses) > 20
    assert {a: strict.post(a).status_code for a in addresses} == dict.fromkeys(addresses, 403) | WITHOUT_FORMS


def test_a_body_too_large_is_read_by_nobody(client: Client) -> None:
    assert client.post(DOOR, {"card": "1"}, CONTENT_LENGTH=str(15 * 1024 * 1024)).status_code == 413


# --- what stays in logs, caches and frames ---


def test_a_wrong_code_leaves_no_link_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    assert client.post("/ufficio/l/segreto/", {"code": "1"}).status_code == 422
    assert "segreto" not in caplog.text


HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


@pytest.mark.parametrize("page", ["", "foglio.pdf", "file/{photo}/"])
@pytest.mark.parametrize(("who", "door"), [("adele", "/casa"), ("marta", "/scrivania")])
def test_pages_papers_and_photos_stay_in_no_cache(enter: sessions.Enter, page: str, who: str, door: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    picture.seek(0)
    photo = listening.bring_photo(cast.person("adele"), picture, 900, by=cast.herself("adele"))
    answer = enter(who).get(f"{door}/richieste/{cast.open_request('adele').number}/" + page.format(photo=photo.pk))
    assert (answer.status_code, {name: answer.headers.get(name) for name in HEADERS}) == (200, HEADERS)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


# --- the demo's way in ---

LOOK = """
import django
django.setup()
from django.urls import is_valid_path
print([bool(is_valid_path(p)) for p in ("/casa/", "/demo/enter")])
"""


def test_outside_the_demo_there_is_no_way_in_without_a_code() -> None:
    env = {**os.environ, "CORTILE_DEMO": "0", "DJANGO_SETTINGS_MODULE": "cortile.config.settings"}
    done = subprocess.run([sys.executable, "-c", LOOK], env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words
    assert done.stdout.split("\n")[0] == "[True, False]", done.stderr
