"""Looking through everything that is written: nothing is left out, whatever the letters, and nothing of others comes."""

from __future__ import annotations

import sys

import pytest

from cortile.haven import keyring
from cortile.haven.actions import records
from cortile.haven.reads import records as reads
from cortile.haven.reads import searching
from cortile.kit.actor import Actor
from tests_haven import cast


def found(shift: keyring.Shift, words: str) -> list[str]:
    """Return the codes of the records that hold some words."""
    return [one.code for one in reads.found(shift, words, by=cast.at_work("chiara"))]


@pytest.mark.parametrize("words", ["fratello", "FRATELLO", "fratello lodi", "perché", "PERCHÉ", "strasse", "مرحبا", '"casa"', ""])
def test_a_word_is_found_in_capitals_or_not_in_any_script(words: str, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    text = 'Ha un Fratello a Lodi, perché la "casa" è in Straße. مرحبا'
    records.write(shift, record, {"kind": "note", "text": text}, by=chiara)
    assert found(shift, words) == ["girasole"]


@pytest.mark.parametrize("words", ["sorella", "fratello sorella", "perche", "note"])
def test_a_word_that_does_not_stand_there_is_not_found(words: str, shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    records.write(shift, record, {"kind": "appunto", "text": "ha un fratello, perché no"}, by=chiara)
    assert found(shift, words) == []


def test_words_of_two_notes_of_one_woman_find_her(shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    for text in ("ha un fratello", "vive a Lodi"):
        records.write(shift, record, {"kind": "note", "text": text}, by=chiara)
    assert found(shift, "fratello lodi") == ["girasole"]


def test_another_association_s_words_are_not_looked_through(shift: keyring.Shift, dora: Actor) -> None:
    records.open_record(cast.shift("dora"), "quercia", by=dora)
    assert found(shift, "quercia") == []


@pytest.mark.pure
def test_every_letter_that_folds_into_a_plain_one_is_known() -> None:
    letters = (chr(number) for number in range(0x80, sys.maxunicode + 1) if not 0xD800 <= number <= 0xDFFF)
    folding = [letter for letter in letters if any(sign.isascii() for sign in letter.casefold())]
    assert folding
    assert all(searching.folds(letter.encode()) for letter in folding)


@pytest.mark.pure
def test_accents_fold_into_nothing_plain() -> None:
    assert not searching.folds("perché è così, là".encode())
