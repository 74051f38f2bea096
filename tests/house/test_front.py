"""What every answer says to browsers and caches, and what production settings make of cookies and addresses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cortile.backstage import routes
from tests import database
from tests.sessions import Enter

ADDRESSES = ("src", "href", "action", "poster", "data", "srcset", "formaction", "ping", "content")
WANTED = {
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
}  # fmt: skip
# The pages that leave no trace tell nobody, not even us, where somebody comes from.
# The public directory of services is read by other sites' pages too, and says nothing of who asks.
OPEN_ADDRESS, OPEN = "/api/hsds/", {"Cross-Origin-Resource-Policy": "cross-origin"}
STRICTER = {"Referrer-Policy": "no-referrer"}
SHUT = ("camera", "microphone", "geolocation", "payment", "usb")


def third_parties(html: str) -> Iterator[str]:
    """Yield every address of a page, or of its style, that belongs to another site."""
    soup = BeautifulSoup(html, "html.parser")
    said = [str(tag[name]) for tag in soup(True) for name in ADDRESSES if tag.has_attr(name)]
    yield from (address for address in said if re.match(r"(?:https?:)?//", address.strip()))
    yield from (words for sheet in soup("style") for words in re.findall(r"(?:https?:)?//[\w.-]+", sheet.get_text()))


def header_faults(answer: HttpResponse, *, known: bool, wanted: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Yield what the headers of an answer lack. Of an authenticated one nothing is kept by a cache."""
    asked = {**WANTED, **wanted}
    yield from (name for name, value in asked.items() if answer.get(name) not in {value, STRICTER.get(name, value)})
    permissions = answer.get("Permissions-Policy", "")
    yield from (name for name in SHUT if f"{name}=()" not in permissions)
    if known and answer.get("Cache-Control") != "no-store":
        yield "may be kept"


def everything(enter: Enter) -> Iterator[tuple[str, HttpResponse]]:
    """Open every address of the house as each door's own people, the library's and those that are not there too."""
    samples = sorted({r.sample.partition("?")[0] for r in routes.every() if r.sample.startswith("/")})
    for who in ("marta", "paola", "nadia", "ornella", "adele"):
        client = enter(who)
        for sample in [s for s in samples if "logout" not in s] + [
            "/scrivania/nulla/",
            "/casa/nulla/",
            "/scrivania?lingua=it",
            "/",
        ]:
            yield f"{sample} {who}", client.get(sample)  # type: ignore[misc]  # the client's own response


def page_faults(answer: HttpResponse) -> Iterator[str]:
    """Yield what a page names, or lets in, that is not the house's own."""
    if answer.get("Content-Type", "").startswith("text/html") and answer.content:
        yield from third_parties(answer.content.decode())
        policy = answer.get("Content-Security-Policy", "")
        yield from (f"policy lets in {word}" for word in ("unsafe", "http", "*") if word in policy or not policy)


@pytest.mark.slow
def test_no_answer_names_another_site_or_stays_in_a_cache(enter: Enter) -> None:
    found = {
        where: [*header_faults(answer, known=True, wanted=OPEN if where.startswith(OPEN_ADDRESS) else {}), *page_faults(answer)]
        for where, answer in everything(enter)
    }
    assert len(found) > 200
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.pure
@pytest.mark.parametrize(
    "page",
    ['<img src="//cdn.example/x.png">', '<a href="https://example.org/">', "<style>a{background:url(https://x.example/y)}</style>"],
)
def test_another_site_is_noticed(page: str) -> None:
    assert [*third_parties(page)]


@pytest.mark.pure
def test_a_bare_answer_is_noticed() -> None:
    assert len([*header_faults(HttpResponse(), known=True)]) == len(WANTED) + len(SHUT) + 1


@pytest.mark.parametrize(
    ("path", "status"), [("/scrivania/nulla/", 404), ("/scrivania?lingua=ar", 302), ("/scrivania", 301), ("/casa/esci/", 405)]
)
def test_redirects_and_errors_stay_in_no_cache_either(enter: Enter, path: str, status: int) -> None:
    answer = enter("marta").get(path)
    assert (answer.status_code, answer.get("Cache-Control")) == (status, "no-store")


def test_a_forged_form_and_a_body_too_large_stay_in_none() -> None:
    strict = Enter(Client(enforce_csrf_checks=True))("marta")
    answers = [strict.post("/scrivania/contatto/"), strict.post("/scrivania/", CONTENT_LENGTH=str(15 * 1024 * 1024))]
    assert [(a.status_code, a.get("Cache-Control")) for a in answers] == [(403, "no-store"), (413, "no-store")]


def test_the_look_of_the_house_may_be_kept(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    answer = client.get("/static/cortile/cortile.js")
    answer.close()
    assert "no-store" not in answer.get("Cache-Control", "")


# --- production ---

COOKIES = """
import django, json
django.setup()
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from cortile.app.entrance import device
answer = HttpResponse()
device.remember(answer, HttpRequest(), "12345678")
client = Client(headers={"host": "casa.example"})
with transaction.atomic():
    client.get("/casa/entra/?lingua=ar", secure=True)
    client.post("/casa/entra/", {"card": "1"}, secure=True)
    client.post("/casa/entra/", {"card": "99999997"}, secure=True)
    transaction.set_rollback(True)
jar = {**client.cookies, **answer.cookies}
print(json.dumps({n: [m["secure"], m["httponly"], m["samesite"], m["path"], m["domain"]] for n, m in jar.items()}))
print(client.get("/casa/entra/").status_code, client.get("/casa/entra/", secure=True).status_code)
print(client.get("/casa/entra/", headers={"x-forwarded-proto": "https"}).status_code)
print(client.get("/casa/entra/", secure=True).get("Strict-Transport-Security"))
"""


def _production(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    said = settings.DATABASES["default"]
    url = f"postgresql://{said['USER']}:{said['PASSWORD']}@/{database.mine()}?host={said['HOST']}&port={said['PORT']}"
    env = {
        **os.environ, "CORTILE_DEMO": "0", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cortile.config.settings",
        "CORTILE_ALLOWED_HOSTS": "casa.example", "CORTILE_PROXY": "1", **more,
    }  # fmt: skip
    # Set for the browser's own tests, and a fault in production.
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words


def test_in_production_cookies_travel_by_https_alone_and_no_script_reads_them() -> None:
    done = _production("-c", COOKIES)
    jar, *_ = done.stdout.splitlines() or [done.stderr]
    cookies = json.loads(jar)
    ours = {"__Host-cortile", "__Host-cortile-csrf", "__Host-cortile-device"}
    assert ours <= cookies.keys() <= ours | {"lingua"}
    assert {tuple(flags) for flags in cookies.values()} == {(True, True, "Lax", "/", "")}


def test_in_production_whoever_asks_without_https_is_sent_to_it() -> None:
    lines = _production("-c", COOKIES).stdout.splitlines()
    assert lines[1:] == ["301 200", "200", "max-age=31536000; includeSubDomains"]


def test_without_a_proxy_of_ours_nobody_is_believed_to_come_by_https() -> None:
    assert _production("-c", COOKIES, CORTILE_PROXY="0").stdout.splitlines()[2] == "301"


def test_djangos_own_examination_of_production_finds_nothing() -> None:
    done = _production("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_and_would_find_a_demo() -> None:
    done = _production("-m", "django", "check", "--deploy", "--fail-level", "WARNING", CORTILE_DEMO="1")
    assert "security.W012" in done.stderr


def test_the_demo_goes_without_the_prefix(client: Client) -> None:
    client.post("/casa/entra/", {"card": "99999997"})
    assert not [name for name in client.cookies if name.startswith("__Host-")]
