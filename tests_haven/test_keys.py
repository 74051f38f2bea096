"""Keys: what opens what, and what does not."""

from __future__ import annotations

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
