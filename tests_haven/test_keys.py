"""Keys: what opens what, and what does not."""

from __future__ import annotations

import logging
import time

import pytest

from cortile.haven import keyring, keys, shares
from cortile.haven.actions import associations
from cortile.haven.keys import UnreadableError
from cortile.kit.actor import Actor
from tests_haven import cast


@pytest.mark.pure
def test_what_is_sealed_opens_with_its_key_in_its_place() -> None:
    pair = keys.fresh_pair()
    assert keys.unseal(pair.private, keys.seal(pair.public, b"parole", "qui"), "qui") == b"parole"


@pytest.mark.pure
@pytest.mark.parametrize(("private", "place"), [("its own", "altrove"), ("another", "qui")])
def test_nothing_opens_elsewhere_or_with_another_key(private: str, place: str) -> None:
    pair, other = keys.fresh_pair(), keys.fresh_pair()
    sealed = keys.seal(pair.public, b"parole", "qui")
    with pytest.raises(UnreadableError):
        keys.unseal(pair.private if private == "its own" else other.private, sealed, place)


@pytest.mark.pure
def test_two_papers_of_three_give_the_secret_back_and_one_does_not() -> None:
    secret = shares.fresh_secret()
    first, second, third = shares.split(secret)
    assert [shares.joined(two) for two in ((first, second), (third, first), (second, third))] == [secret] * 3
    with pytest.raises(UnreadableError):
        shares.joined([first])


def test_a_phrase_opens_a_shift(chiara: Actor) -> None:
    token = associations.open_shift(cast.operator("chiara"), cast.PHRASES["chiara"], by=chiara)
    assert keyring.of(token) is not None


def test_a_wrong_phrase_opens_none(chiara: Actor) -> None:
    assert associations.open_shift(cast.operator("chiara"), "un'altra frase qualsiasi", by=chiara) == ""


def test_five_wrong_phrases_shut_the_login_even_to_the_right_one(chiara: Actor) -> None:
    for _ in range(5):
        associations.open_shift(cast.operator("chiara"), "un'altra frase qualsiasi", by=chiara)
    assert associations.open_shift(cast.operator("chiara"), cast.PHRASES["chiara"], by=chiara) == ""


def test_guesses_on_rows_read_at_the_same_moment_are_all_counted(chiara: Actor) -> None:
    for row in (cast.operator("chiara"), cast.operator("chiara")):
        row.wrong = 0
        associations.open_shift(row, "un'altra frase qualsiasi", by=chiara)
    assert cast.operator("chiara").wrong == 2


@pytest.mark.pure
def test_a_phrase_is_slow_on_purpose() -> None:
    salt, start = keys.fresh_salt(), time.process_time()
    keys.stretched("quattro parole messe a caso", salt, keys.Stretching())
    assert time.process_time() - start >= 0.1


@pytest.mark.pure
def test_a_quick_phrase_would_be_noticed() -> None:
    start = time.process_time()
    keys.stretched("quattro parole messe a caso", keys.fresh_salt(), cast.QUICK)
    assert time.process_time() - start < 0.1


def test_a_phrase_is_in_no_log_and_on_no_screen(
    chiara: Actor, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="")
    associations.open_shift(cast.operator("chiara"), cast.PHRASES["chiara"], by=chiara)
    associations.open_shift(cast.operator("chiara"), "un'altra frase qualsiasi", by=chiara)
    said = "".join((caplog.text, *capfd.readouterr()))
    assert cast.PHRASES["chiara"] not in said
    assert "un'altra frase" not in said


def test_a_phrase_that_was_logged_would_be_found(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.handle(logging.makeLogRecord({"msg": f"aperto con {cast.PHRASES['chiara']}"}))
    assert cast.PHRASES["chiara"] in caplog.text


def test_no_trace_shows_a_key(shift: keyring.Shift) -> None:
    assert all(repr(key) not in repr(shift) for key in shift.private.values())
    pair = keys.fresh_pair()
    assert repr(pair.private) not in repr(pair)


def test_a_wrong_phrase_says_nothing_of_itself() -> None:
    with pytest.raises(UnreadableError) as wrong:
        associations.opened_keys(cast.operator("chiara"), "un'altra frase qualsiasi")
    assert str(wrong.value) == ""
