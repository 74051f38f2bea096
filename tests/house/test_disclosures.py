"""Thirty planted disclosures: after the tap nobody but the duty person can tell that she spoke at all.

Two worlds are compared, to the byte, on every page and for everybody: one where she spoke, one where she never did.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from cortile.kit import clock
from cortile.kit.sessions import SessionStore
from cortile.listening.models import Thread
from cortile.listening.states import CHIPS
from cortile.messages import actions as outbox
from cortile.messages.models import Delivery
from cortile.people import actions as people
from tests import cast, sessions
from tests.app.pages import masked
from tests.carriers import Watched
from tests.house import disclosures
from tests.house import test_permissions as matrix

Seen = dict[tuple[str, str], tuple[int, str, str]]
ONE_DAY = timedelta(days=1)
# One by each door: all thirty are for the slow test.
FEW = len(disclosures.DOORS)
# Everybody of the matrix but her duty person, and three who are nearest to her.
NEAREST = ["paola", "daughter", "adele"]
VIEWERS = [*(who for who in matrix.COLUMNS if who != "marta"), "gianni", "daughter", "guardian"]
# A sheet with a code drawn anew each time is equal to no other.
DRAWN = {"workspace:code_sheet"}
PAPER = "chi-ha-visto.pdf"
FOR_STAFF = (
    "/scrivania/cerca/?q=Adele", "/scrivania/cerca/?q={number}", "/scrivania/cerca/?q=zaffiro",
    "/scrivania/contatto/chi/?q=Brambilla",
    "/scrivania/richieste/?stato=chiuse", "/scrivania/richieste/{number}/", "/scrivania/richieste/{number}/foglio.pdf",
    "/scrivania/richieste/{number}/ricevuta/", "/scrivania/agenda/?persona={person}",
)  # fmt: skip
FOR_PHONES = ("/casa/richieste/{number}/", "/casa/richieste/{number}/foglio.pdf", "/casa/richieste/{number}/ricevuta/")


@pytest.fixture
def near(world: dict[str, object]) -> dict[str, object]:
    """Return the things of Adele, with a husband at home, and a daughter and a guardian who may see every matter."""
    adele, marta = cast.person("adele"), cast.at_desk("marta")
    people.form_household(adele.agency, by=cast.SYSTEM, code="N-adele", members=[(cast.person("gianni"), "coniuge")])
    daughter = people.name_delegate(adele, by=marta, name="Carla Brambilla", talked_alone=True, scopes=CHIPS)
    guardian = people.name_representative(
        adele, by=marta, name="Ugo Neri", kind="amministratore_sostegno", decree="12/2026", scopes=CHIPS, since=clock.today()
    )
    return world | {"daughter": daughter.pk, "guardian": guardian.pk}


world = matrix.world


def _client(who: str, near: dict[str, object]) -> Client:
    helper = {"daughter": "delegate", "guardian": "representative"}.get(who)
    if helper is None:
        return matrix.client_of(who, near)
    session = SessionStore()
    session["tenant"] = {"kind": helper, "id": near[who], "agency": near["agency"]}
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def _targets(near: dict[str, object], numbers: list[int]) -> Iterator[tuple[str, str]]:
    for line in matrix.lines(matrix.TABLE.read_text()):
        if line.name not in DRAWN:
            yield line.method, matrix.address(line, near)
    asked = {address.format(number=n, person=near["person"]) for address in (*FOR_STAFF, *FOR_PHONES) for n in numbers}
    yield from (("GET", address) for address in sorted(asked))


def _looked(near: dict[str, object], numbers: list[int], viewers: list[str], ending: str = "") -> Seen:
    """Open every page as each viewer, or those with an ending, the day after, leaving nothing behind."""
    found: Seen = {}
    targets = [(method, target) for method, target in _targets(near, numbers) if target.endswith(ending)]
    with clock.frozen(cast.NOW + 2 * ONE_DAY):
        for who in viewers:
            client = _client(who, near)
            cookies = copy.deepcopy(client.cookies)
            for method, target in targets:
                with transaction.atomic():
                    answer = client.get(target) if method == "GET" else client.post(target, {})
                    found[who, f"{method} {target}"] = _masked(answer)
                    transaction.set_rollback(True)
                client.cookies = copy.deepcopy(cookies)
    return found


def _masked(answer: HttpResponse) -> tuple[int, str, str]:
    return answer.status_code, answer.headers.get("Location", ""), masked(answer)


def _spoke(near: dict[str, object], viewers: list[str], *, delicate: bool = True, count: int = FEW) -> tuple[Seen, int]:
    """Look at a world where she spoke, and undo it. Return also the number her request had there."""
    with transaction.atomic():
        with clock.frozen(cast.NOW + ONE_DAY):
            number = disclosures.told(disclosures.house(), delicate=delicate, count=count)[0]
        spoke = _looked(near, [number], viewers)
        transaction.set_rollback(True)
    return spoke, number


def _never(near: dict[str, object], numbers: list[int], viewers: list[str]) -> Seen:
    """Look at the world where she never spoke. On paper nobody hides an opening (0012): there Marta opened her record."""
    found = _looked(near, numbers, viewers)
    with transaction.atomic():
        with clock.frozen(cast.NOW + ONE_DAY):
            people.open_by_contact(cast.person("adele"), by=cast.at_desk("marta"))
        found |= _looked(near, numbers, viewers, PAPER)
        transaction.set_rollback(True)
    return found


def _differences(one: Seen, other: Seen) -> list[str]:
    return [f"{who}: {target}" for (who, target), seen in one.items() if seen != other[who, target]]


def _markers(seen: Seen) -> set[str]:
    """Return the planted words that came out on a page nobody asked them of."""
    return {m for (_, target), (_, _, page) in seen.items() if "zaffiro" not in target for m in disclosures.markers_in(page)}


@pytest.mark.slow
def test_everybody_s_pages_are_those_of_who_never_spoke_and_without_the_tap_the_nearest_differ(near: dict[str, object]) -> None:
    spoke, hers = _spoke(near, VIEWERS, count=len(disclosures.TEXTS))
    untapped, plain = _spoke(near, NEAREST, delicate=False)
    never = _never(near, [hers, plain], VIEWERS)
    assert _differences(spoke, never) == []
    assert _markers(spoke) == set()
    # The control: the same comparison, where she spoke and nobody tapped.
    assert {line.split(":")[0] for line in _differences(untapped, never)} == set(NEAREST)
    assert {"zaffiro", "lanterna", "cicogna"} <= _markers(untapped)


# --- what leaves the house ---


def _left(*, delicate: bool | None) -> list[tuple[str, str, str, str]]:
    """Return what leaves the house for anybody but the duty person, in a world undone afterwards."""
    with transaction.atomic():
        cast.give_mobile("adele")
        if delicate is not None:
            disclosures.told(disclosures.house(), delicate=delicate, count=FEW)
        outbox.deliver(by=cast.SYSTEM, through={"sms": Watched(), "email": Watched()}, limit=500)
        rows = Delivery.objects.filter(state="sent").exclude(to="marta@example.invalid")
        found = [(d.channel, d.to, d.subject, d.text) for d in rows]
        transaction.set_rollback(True)
    return found


def test_nothing_of_it_leaves_by_sms_or_mail(near: dict[str, object]) -> None:
    assert near
    assert _left(delicate=True) == _left(delicate=None)


def test_what_is_not_delicate_leaves(near: dict[str, object]) -> None:
    assert near
    assert len(_left(delicate=False)) > len(_left(delicate=None))


# --- the duty person, and the doors themselves ---


@pytest.mark.parametrize("door", disclosures.DOORS, ids=lambda d: d.__name__)
def test_the_duty_person_still_reads_it(door: disclosures.Door) -> None:
    at = disclosures.house()
    at.tap(number := door(at, "zaffiro"))
    page = at.marta.get(f"/scrivania/richieste/{number}/").content.decode().lower()
    assert "zaffiro" in page or door in {disclosures.by_voice, disclosures.in_a_note}
    assert Thread.objects.get(number=number).duty == cast.staff("marta")


@pytest.mark.parametrize("door", disclosures.DOORS, ids=lambda d: d.__name__)
def test_a_photo_or_a_voice_of_it_is_fetched_by_nobody_else(door: disclosures.Door) -> None:
    at = disclosures.house()
    at.tap(number := door(at, "zaffiro"))
    found = [sessions.Enter(Client())(who).get(f"/scrivania/richieste/{number}/file/1/").status_code for who in ("paola", "bruno")]
    assert found == [404, 404]


def test_there_are_thirty_words_and_each_stands_in_its_text() -> None:
    assert len(disclosures.TEXTS) == 30
    assert all(list(disclosures.markers_in(text)) == [marker] for marker, text in disclosures.TEXTS.items())
