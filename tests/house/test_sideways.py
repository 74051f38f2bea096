"""Sideways: a number, a form or an old right never reaches what belongs to somebody else."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from cortile.agenda import access as agenda_access
from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit import clock
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.models import HandOver, HandOverLink
from cortile.messages import reads as messages
from cortile.messages.models import Delivery
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from cortile.people.models import Person
from tests import cast


def _helper(kind: str, *scopes: str) -> Actor:
    """Return who helps Adele, or represents her, with some matters."""
    adele, marta = cast.person("adele"), cast.at_desk("marta")
    if kind == "delegate":
        row: object = people.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=scopes)
    else:
        row = people.name_representative(
            adele, by=marta, name="Avv. Neri", kind="tutore", decree="R.G. 12/2026", scopes=scopes, since=clock.today()
        )
    actor = tenant_actor({"kind": kind, "id": row.pk, "agency": adele.agency_id})  # type: ignore[attr-defined]  # a row of either kind
    assert actor is not None
    return actor


def _photo() -> io.BytesIO:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    picture.seek(0)
    return picture


KINDS = pytest.mark.parametrize("kind", ["delegate", "representative"])


@KINDS
def test_who_helps_with_faults_asks_about_nothing_else(kind: str, adele: Person) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        acts.open_thread(adele, by=_helper(kind, "faults"), chip="health", title="Una visita")


@KINDS
def test_who_helps_with_faults_reads_nothing_else(kind: str, adele: Person, marta: Actor) -> None:
    about = acts.open_thread(adele, by=marta, chip="health", title="Una visita")
    when = times.free_times(cast.staff("marta"), cast.space())[3]
    booked = agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=when, thread=about)
    helper = _helper(kind, "faults")
    assert listening.mine(by=helper) == []
    assert not agenda_access.visible_to(helper).filter(pk=booked.pk).exists()
    assert messages.inbox(by=helper) == []


def test_a_representative_hears_what_the_decree_is_about(adele: Person, marta: Actor) -> None:
    acts.open_thread(adele, by=marta, chip="rent", title="Il canone")
    assert [m.key for m in messages.inbox(by=_helper("representative", "rent"))] == ["receipt"]


def test_a_helpers_request_takes_none_of_her_photos(adele: Person, as_adele: Actor) -> None:
    helper, picture = _helper("delegate", "faults"), _photo()
    acts.bring_photo(adele, picture, 900, by=as_adele)
    opened = acts.open_thread(adele, by=helper, chip="faults", title="La caldaia")
    assert listening.waiting_files(by=helper) == {}
    assert (listening.whole(opened.number, by=helper).files, listening.waiting_files(by=as_adele)) == ([], {"photos": 1})


def test_a_key_taken_from_somebody_else_fetches_nothing(marta: Actor, bruno: Actor) -> None:
    hers = acts.record_contact(by=marta, chip="faults", done_what="listened", once="chiave")
    his = acts.record_contact(by=bruno, chip="rent", done_what="explained", once="chiave")
    assert (his.pk != hers.pk, his.chip) == (True, "rent")


# --- an office with an old link ---


@pytest.fixture
def link(marta: Actor) -> tuple[HandOver, str]:
    """Return a question to an office, and the token its mail carried."""
    sent = acts.hand_over(cast.open_request("adele"), cast.office(), by=marta, question="È in regola?")
    mail = Delivery.objects.filter(channel="email").latest("pk").text
    return sent, mail.split("/ufficio/l/")[1].split("/")[0]


def test_a_withdrawn_question_sends_no_code(link: tuple[HandOver, str], marta: Actor) -> None:
    acts.withdraw_hand_over(link[0], by=marta)
    before = Delivery.objects.count()
    assert not acts.request_link_code(by=PUBLIC, token=link[1])
    assert Delivery.objects.count() == before


def test_what_became_delicate_answers_like_what_was_withdrawn(link: tuple[HandOver, str], marta: Actor) -> None:
    answered = acts.answer_hand_over(link[0], by=cast.at_desk("ornella"), text="Sì.")
    acts.mark_delicate(answered.thread, by=marta)
    assert access.link_actor({"id": answered.pk, "agency": answered.agency_id}) is None
    assert not acts.request_link_code(by=PUBLIC, token=link[1])


def test_a_lead_reads_no_question_of_what_became_delicate(link: tuple[HandOver, str], marta: Actor, paola: Actor) -> None:
    answered = acts.answer_hand_over(link[0], by=cast.at_desk("ornella"), text="Sì.")
    acts.mark_delicate(answered.thread, by=marta)
    with pytest.raises(NotVisible):
        access.the_hand_over(paola, answered.pk)


def test_five_guesses_of_a_link_and_no_more(link: tuple[HandOver, str]) -> None:
    acts.request_link_code(by=PUBLIC, token=link[1])
    code = Delivery.objects.filter(channel="email").latest("pk").text
    for _ in range(5):
        assert acts.open_link(by=PUBLIC, token=link[1], code="1") is None
    digits = "".join(c for c in code if c.isdigit())[:6]
    assert acts.open_link(by=PUBLIC, token=link[1], code=digits) is None
    assert HandOverLink.objects.get().guesses_left == 0


def test_a_link_ends_with_its_month(link: tuple[HandOver, str]) -> None:
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert access.link_actor({"id": link[0].pk, "agency": link[0].agency_id}) is None


# --- rights that end ---


def test_a_decree_that_ended_is_nobody_on_the_next_request(adele: Person, marta: Actor) -> None:
    row = people.name_representative(
        adele, by=marta, name="Avv. Neri", kind="tutore", decree="R.G. 1/2026", scopes=["rent"], since=clock.today(),
        until=clock.today() + timedelta(days=1),
    )  # fmt: skip
    with clock.frozen(cast.NOW + timedelta(days=2)):
        assert tenant_actor({"kind": "representative", "id": row.pk, "agency": adele.agency_id}) is None
