"""The permission matrix: every page for everybody, against a file written by hand."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from cortile.accounts.models import RegistryImport
from cortile.agenda import actions as agenda
from cortile.benefits import actions as benefits
from cortile.homes import actions as homes
from cortile.kit import clock, scopes
from cortile.kit.actor import Kind
from cortile.kit.doors import opening_of
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages.models import IncomingSms, Message
from cortile.people import actions as people
from tests import cast, sessions
from tests.benefits import files, inps, money, notices, paydays
from tests.directory import cards as directory
from tests.network import tables
from tests.referrals import world as referring

TABLE = Path(__file__).with_name("permissions.txt")
COLUMNS = [
    "nobody", "adele", "delegate", "samira", "marta", "bruno", "paola", "silvia", "salvatore", "lucia", "ornella", "nadia",
    "link", "davide", "federica", "roberto", "sara", "luca",
]  # fmt: skip
SIGN_INS = ("/accesso/login/?", "/casa/entra/?", "/ufficio/?next", "/servizio/?next")


@dataclass(frozen=True)
class Line:
    """One page and what each column should find there."""

    method: str
    name: str
    values: tuple[str, ...]
    expected: dict[str, str]


def lines(text: str) -> list[Line]:
    """Read the table."""
    found = []
    for raw in text.splitlines():
        if raw and not raw.startswith("#"):
            method, target, *cells = raw.split()
            name, _, values = target.partition("/")
            found.append(Line(method, name, tuple(v for v in values.split(",") if v), dict(zip(COLUMNS, cells, strict=True))))
    return found


@pytest.fixture
def world() -> dict[str, object]:
    """Return the things of Adele the addresses name."""
    return things()


def things() -> dict[str, object]:
    """Make the things of Adele the addresses name."""
    adele, marta, space = cast.person("adele"), cast.at_desk("marta"), cast.space()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    size = picture.tell()
    picture.seek(0)
    photo = listening.bring_photo(adele, picture, size, by=cast.herself("adele"))
    thread = cast.open_request("adele")
    sent = listening.hand_over(thread, cast.office(), by=marta, question="Quando viene il tecnico?")
    tomorrow = clock.at(date(2026, 3, 12), time(10))
    call = agenda.book_call_back(thread, by=marta)
    booked = agenda.book(adele, by=marta, staff=cast.staff("marta"), place=space, starts_at=tomorrow)
    popup = homes.publish_popup(
        adele.agency, by=marta, name="Atrio", neighbourhood=adele.home_neighbourhood, on=tomorrow.date() + timedelta(days=1),
        opens=time(10), closes=time(12), staff=cast.staff("marta"),
    )  # fmt: skip
    helper = people.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    given = people.share_copy(
        adele, by=marta, to=cast.agency("comune-milano"), fields=["name"], purpose="Corso", basis="consent", evidence="Detto qui.",
        said_yes=True, until=tomorrow.date(),
    )  # fmt: skip
    glass = people.break_glass(
        by=cast.at_desk("bruno"), card_number=cast.person("samira").card_number, reason="Non risponde da due giorni."
    )
    alarm = people.raise_alarm(adele.agency, by=cast.machine(), kind="burst", staff_id=marta.id or 0, day=clock.today(), count=40)
    asked = files.arrived(call={"code": "2026/9"})
    return {
        "opening": glass.pk if glass else 0, "alarm": alarm.pk, "agency": adele.agency_id, "copy": given.pk,
        "thread": thread.number, "photo": photo.pk, "person": adele.pk, "hand_over": sent.pk, "appointment": booked.pk,
        "message": Message.objects.filter(person=adele).latest("pk").pk,
        "sms": _sms(adele.agency_id, clock.now()),
        "popup": popup.pk, "token": "esempio", "call": call.pk, "delegate": helper.pk,
        "run": _past_import(adele.agency_id, clock.now()), "version": notices.drafted().pk, "envelope": _envelope(),
        "flow": inps.any_flow().pk, "open_call": _begun(), "batch": a_batch(),
        "application": asked.number, "paper": files.with_a_paper(asked).pk,
        **directory.addressed(), **to_service(cast.open_request("adele", title="Doposcuola")),
        **tables.addressed(),
    }  # fmt: skip


def to_service(thread: Thread, **said: object) -> dict[str, object]:
    """Send the person of a request to a club with her yes, and return what the addresses name."""
    sent = referring.send(thread, referring.service("Sportello"), **said)
    return {"referral": sent.number, "consent": sent.consent_id}


def _envelope() -> int:
    """Open an envelope whose list was drawn."""
    version = notices.published(code="2026/8", closes_at="2026-03-11T08:00:00+00:00")
    envelope = money.envelope(version, 1_000_00)
    benefits.draw_list(version.call_id, by=cast.at_desk("federica"))
    return envelope.pk


def _begun() -> int:
    """Return an open call, with a draft of Adele's."""
    call = notices.published(code="2026/2").call_id
    benefits.keep_draft(call, cast.person("adele"), by=cast.herself("adele"), answers={"isee": "unknown"})
    return call


def a_batch() -> int:
    """Send a batch with one payment of a neighbour whom nobody here looks at as themselves, and return its number."""
    version = paydays.opened(code="2026/7")
    paydays.neighbour(8, version)
    batch = paydays.sent(version, way="account")
    # The ledger checks itself when a transaction ends: here, before others of another body are let in within the same one.
    connection.check_constraints()
    return batch.pk


def _sms(agency_id: int, now: datetime) -> int:
    with scopes.opened(scopes.EVERYTHING):
        return IncomingSms.objects.create(agency_id=agency_id, reference="x", sender="333", text="Ciao", received_at=now).pk


def _past_import(agency_id: int, now: datetime) -> int:
    with scopes.opened(scopes.EVERYTHING):
        run = RegistryImport.objects.create(
            agency_id=cast.staff("nadia").agency_id or agency_id, started_at=now, by_name="Nadia", state="done",
            rejects={"persone.csv": "riga;motivo"},
        )  # fmt: skip
    return run.pk


def address(line: Line, world: dict[str, object]) -> str:
    """Return the address of a page in this world."""
    arguments = [world.get(v, v) for v in line.values]
    if line.name == "workspace:import_rejects":
        arguments.append("persone.csv")
    if line.name == "workspace:book":
        return f"{reverse(line.name)}?persona={arguments[0]}"
    return reverse(line.name, args=arguments)


def client_of(who: str, world: dict[str, object]) -> Client:
    """Return a browser signed in as a column."""
    if who in {"nobody", "delegate", "link"}:
        client = Client()
        session = client.session
        if who == "delegate":
            session["tenant"] = {"kind": str(Kind.DELEGATE), "id": world["delegate"], "agency": world["agency"]}
        if who == "link":
            session["link"] = {"id": world["hand_over"], "agency": world["agency"]}
        session.save()
        return client
    return sessions.Enter(Client())(who)


def found(response: HttpResponse, method: str) -> str:
    """Say in one sign what somebody found."""
    if response.status_code == 404:
        return "-"
    if response.status_code == 401:
        return "x"
    if response.status_code == 302 and response.headers["Location"].startswith(SIGN_INS):
        return ">"
    return "~" if response.status_code == 302 and method == "GET" else "o"


def differences(table: list[Line], world: dict[str, object]) -> Iterator[str]:
    """Open every page as everybody and name what the table does not say."""
    clients = {who: client_of(who, world) for who in COLUMNS}
    for line in table:
        target = address(line, world)
        for who, client in clients.items():
            cookies = copy.deepcopy(client.cookies)
            with transaction.atomic():
                seen = found(client.get(target) if line.method == "GET" else client.post(target, {}), line.method)
                transaction.set_rollback(True)
            client.cookies = cookies
            if seen != line.expected[who]:
                yield f"{line.method} {line.name} {who}: expected {line.expected[who]}, found {seen}"


def routes() -> set[str]:
    """Return the names of every page of ours."""
    names = set()

    def walk(resolver: URLResolver, space: str) -> None:
        for part in resolver.url_patterns:
            if isinstance(part, URLResolver):
                walk(part, f"{part.namespace}:" if part.namespace else space)
            elif isinstance(part, URLPattern) and part.name and opening_of(part.callback):
                names.add(f"{space}{part.name}")

    walk(get_resolver(), "")
    return names


@pytest.mark.slow
def test_everybody_finds_what_the_table_says(world: dict[str, object]) -> None:
    found_out = list(differences(lines(TABLE.read_text()), world))
    assert found_out == [], "\n".join(found_out)


@pytest.mark.pure
def test_every_page_is_in_the_table() -> None:
    assert routes() - {line.name for line in lines(TABLE.read_text())} == set()


@pytest.mark.slow
def test_a_wrong_line_is_noticed(world: dict[str, object]) -> None:
    wrong = [ln for ln in lines(TABLE.read_text()) if ln.name == "workspace:search"]
    wrong[0].expected["salvatore"] = "o"
    assert list(differences(wrong, world)) == ["GET workspace:search salvatore: expected o, found -"]
