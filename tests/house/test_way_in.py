"""What the ways in must not tell, nor let through: sign-in, languages, links, forms from elsewhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cortile.backstage import routes
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast, sessions

DOOR = "/casa/entra/"


def _work(card: str, code: str) -> tuple[int, list[str]]:
    """Return how a sign-in ends and the statements it took, without their values."""
    with CaptureQueriesContext(connection) as done:
        answer = Client().post(DOOR, {"card": card, "code": code})
    said = [q["sql"] for q in done.captured_queries if "SAVEPOINT" not in q["sql"]]
    return answer.status_code, [re.sub(r"'[^']*'|\d+", "?", sql) for sql in said]


def test_a_card_nobody_has_takes_the_same_work(adele: Person, marta: Actor) -> None:
    code = people.issue_paper_code(adele, by=marta)[1]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    works = [_work(adele.card_number, wrong), _work("99999999", wrong)]
    with clock.frozen(cast.NOW + timedelta(days=31)):
        works.append(_work(adele.card_number, code))
    assert works[0] == works[1] == works[2]


def test_guesses_sent_all_at_once_are_counted_one_by_one(adele: Person, marta: Actor) -> None:
    people.issue_paper_code(adele, by=marta)
    _status, statements = _work(adele.card_number, "1")
    assert any("people_signincode" in sql and sql.endswith("FOR UPDATE") for sql in statements)


def test_a_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.get("/", {"lingua": "it"}, PATH_INFO="//example.org/")
    assert answer.headers["Location"] == "/%2Fexample.org/"


# --- forms from elsewhere, and what is too large ---


def _posts() -> list[str]:
    return sorted({r.sample for r in routes.every() if "POST" in r.methods and r.sample.startswith("/")})


def test_a_form_from_elsewhere_is_refused_everywhere() -> None:
    strict, addresses = sessions.Enter(Client(enforce_csrf_checks=True))("marta"), _posts()
    assert len(addresses) > 20
    assert {a: strict.post(a).status_code for a in addresses} == dict.fromkeys(addresses, 403)


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
