"""What was typed survives; the token that saves it writes one draft, of one actor, and reads none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from cortile.kit import clock, drafts
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.models import Draft
from tests import cast

HERE = "/bozza/"


def saved(by: Actor, **words: str | list[str]) -> Draft:
    """Save what somebody is typing."""
    where = drafts.slot(drafts.token(by, "nota"))
    assert where is not None
    return drafts.keep(where, words, title="Nota")


def test_a_token_names_one_draft(marta: Actor) -> None:
    assert drafts.slot(drafts.token(marta, "nota", path="/x/")) == drafts.Slot(marta.key, "nota", "/x/", marta.agency_id or 0)


def test_two_equal_pages_carry_equal_tokens(marta: Actor) -> None:
    first = drafts.token(marta, "nota")
    with clock.frozen(cast.NOW + timedelta(hours=3)):
        assert drafts.token(marta, "nota") == first


def test_what_was_typed_is_there_again(marta: Actor) -> None:
    saved(marta, text="Le manca il marito", chips=["a", "b"])
    assert drafts.find(marta, "nota") == {"text": "Le manca il marito", "chips": ["a", "b"]}


def test_what_the_machine_sends_is_left_out(marta: Actor) -> None:
    saved(marta, text="x", csrfmiddlewaretoken="t", once="k", bozza="b")
    assert drafts.find(marta, "nota") == {"text": "x"}


def test_nobody_reads_the_draft_of_another(marta: Actor, paola: Actor) -> None:
    saved(marta, text="segreto")
    assert drafts.find(paola, "nota") == {}
    assert drafts.mine(paola) == []


def test_another_actors_token_writes_theirs_and_never_mine(marta: Actor, paola: Actor) -> None:
    saved(marta, text="mio")
    saved(paola, text="suo")
    assert (drafts.find(marta, "nota"), drafts.find(paola, "nota")) == ({"text": "mio"}, {"text": "suo"})


@pytest.mark.parametrize("text", ["", "x", "a:b", "W10:forged", "\x00"])
def test_a_false_token_is_refused(text: str) -> None:
    assert drafts.slot(text) is None


def test_a_token_with_another_name_in_it_is_refused(marta: Actor, paola: Actor) -> None:
    mine, theirs = drafts.token(marta, "nota"), drafts.token(paola, "nota")
    assert drafts.slot(theirs.rsplit(":", 1)[0] + ":" + mine.rsplit(":", 1)[1]) is None


def test_a_token_signed_for_something_else_is_refused(marta: Actor) -> None:
    other = signing.Signer(salt="cortile.other").sign_object([marta.key, "nota", "", clock.today().isoformat()])
    assert drafts.slot(other) is None


@pytest.mark.parametrize(("days", "good"), [(2, True), (3, False)])
def test_a_token_lives_two_days(marta: Actor, days: int, good: bool) -> None:
    token = drafts.token(marta, "nota")
    with clock.frozen(cast.NOW + timedelta(days=days)):
        assert (drafts.slot(token) is not None) is good


def test_nobody_signed_in_has_no_draft() -> None:
    assert drafts.slot(drafts.token(PUBLIC, "nota")) is None


def test_a_draft_is_kept_thirty_days(marta: Actor) -> None:
    saved(marta, text="x")
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert drafts.find(marta, "nota") == {}


def test_a_long_text_is_cut(marta: Actor) -> None:
    assert len(saved(marta, text="a" * 30_000).data["text"]) == drafts.LONGEST


def test_once_sent_it_is_forgotten(marta: Actor) -> None:
    saved(marta, text="x")
    drafts.drop(marta, "nota")
    assert drafts.mine(marta) == []


def test_after_the_session_has_ended_words_are_still_saved(client: Client, marta: Actor) -> None:
    answer = client.post(HERE, {drafts.FIELD: drafts.token(marta, "nota"), "text": "Ultime parole"})
    assert answer.json() == {"saved": "10:00"}
    assert drafts.find(marta, "nota") == {"text": "Ultime parole"}


def test_a_false_token_saves_nothing_and_says_so(client: Client) -> None:
    assert client.post(HERE, {drafts.FIELD: "forged", "text": "x"}).status_code == 410
    assert not Draft.objects.exists()


def test_two_forms_never_share_a_key() -> None:
    assert drafts.fresh_key() != drafts.fresh_key()
