"""The catalogue: plain Italian, three languages with the same values, SMS that fit, nothing that betrays."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.kit import plain_language
from cortile.listening import states
from cortile.messages import rules, sms
from tests.messages.samples import KEYS, SMS_KEYS, TENANT_KEYS, VALUES, said

pytestmark = pytest.mark.pure

OTHER_LANGUAGES = tuple(language for language in rules.LANGUAGES if language != rules.SOURCE)
# Written with other letters than an SMS of one part has.
OWN_SCRIPT = ("ar", "zh", "uk")
TOPICS = ("affitto", "salute", "guasto", "contributo", "bolletta", "debito", "vicini", "rent", "health", "إيجار", "صحة")


def gate_of(key: str) -> int:
    """Return the index a text must reach: a receipt or an SMS is held to more than a letter."""
    kind = rules.entries("it")[key].kind
    return plain_language.SHORT_TEXT_GATE if kind in {"sms", "short", "money"} else plain_language.PAGE_GATE


def betrayed_by(text: str) -> list[str]:
    """Return what an SMS on a shared screen should not show: a topic, the number, an address."""
    return [word for word in (*TOPICS, "10427", "http", "www", "://") if word in text.lower()]


def in_the_open(text: str) -> str:
    """Return what of a text stands outside its isolates."""
    depth, found = 0, []
    for letter in text:
        depth += (letter == rules.ISOLATE) - (letter == rules.END_ISOLATE)
        found += [letter] if depth == 0 else []
    return "".join(found)


@pytest.mark.parametrize("key", KEYS)
def test_every_italian_text_passes_its_gate(key: str) -> None:
    assert plain_language.problems(said(key), gate=gate_of(key)) == []


def test_a_text_of_the_old_kind_does_not_pass() -> None:
    old = "Si comunica che l'istanza presentata dall'assegnatario non risulta corredata della documentazione richiesta."
    assert len(plain_language.problems(old, gate=plain_language.SHORT_TEXT_GATE)) >= 4


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_what_a_tenant_receives_stands_in_every_language(language: str) -> None:
    assert sorted(rules.entries(language)) == TENANT_KEYS


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
@pytest.mark.parametrize("key", TENANT_KEYS)
def test_a_translation_says_the_same_values_in_the_same_way(key: str, language: str) -> None:
    source, other = rules.entries("it")[key], rules.entries(language)[key]
    assert [rules.fields_of(rules.Entry((s,))) for s in source.sentences if s] == [
        rules.fields_of(rules.Entry((s,))) for s in other.sentences if s
    ]
    assert (source.kind, bool(source.subject)) == (other.kind, bool(other.subject))


def test_a_translation_that_loses_its_date_is_seen() -> None:
    assert rules.fields_of(rules.Entry(("Ti rispondiamo entro {date}.",))) != rules.fields_of(rules.Entry(("Later.",)))


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
@pytest.mark.parametrize("key", TENANT_KEYS)
def test_a_translation_is_not_much_longer_than_the_italian(key: str, language: str) -> None:
    assert len(said(key, language)) <= 1.4 * len(said(key))


@pytest.mark.parametrize("language", rules.LANGUAGES)
@pytest.mark.parametrize("key", SMS_KEYS)
def test_an_sms_fits_and_loses_only_what_it_may(key: str, language: str) -> None:
    text = said(key, language)
    assert sms.fits(text)
    assert sms.is_gsm(text) == (language not in OWN_SCRIPT)
    assert "02 5550 000" in text or "phone" not in rules.fields_of(rules.entries(language)[key])


def test_an_sms_that_is_too_long_drops_its_spare_sentence_first() -> None:
    text = said("receipt_sms", owner="Mariagrazia Annunziata", phone="02 5550 000 oppure 02 5550 001")
    assert "La segue" not in text
    assert "mercoledì 23 settembre" in text


def test_a_long_sms_without_spare_sentences_is_seen_not_to_fit() -> None:
    assert not sms.fits(said("answered"))


def test_a_name_outside_the_alphabet_of_sms_does_not_halve_the_message() -> None:
    assert "Lucja" in said("receipt_sms", owner="Łucja")


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_the_discreet_sms_names_no_topic_no_number_and_no_link(language: str) -> None:
    text = said("discreet_sms", language)
    assert rules.fields_of(rules.entries(language)["discreet_sms"]) == {"owner", "phone", "agency"}
    assert betrayed_by(text) == []


def test_an_sms_that_names_a_topic_or_carries_a_link_is_seen() -> None:
    assert betrayed_by("Il tuo affitto: leggi su https://casa.example.invalid") == ["affitto", "http", "://"]


@pytest.mark.parametrize("language", rules.LANGUAGES)
@pytest.mark.parametrize("key", SMS_KEYS)
def test_no_sms_carries_a_link(key: str, language: str) -> None:
    assert "link" not in rules.fields_of(rules.entries(language)[key])
    assert "http" not in said(key, language)


@pytest.mark.parametrize(
    "key", [key for key in TENANT_KEYS if key not in SMS_KEYS and rules.may_say(rules.entries("it")[key].kind, "ar")]
)
def test_arabic_isolates_every_latin_word(key: str) -> None:
    assert not [letter for letter in in_the_open(said(key, "ar")) if "a" <= letter.lower() <= "z"]


def test_a_latin_word_out_in_the_open_is_seen() -> None:
    assert "Marta" in in_the_open("يتابعه Marta")


def test_a_day_is_said_with_its_weekday_in_each_language() -> None:
    day = {"number": 1, "date": date(2026, 3, 13)}
    found = [rules.say(day["date"], language) for language in rules.LANGUAGES]
    assert found[:4] == ["venerdì 13 marzo", "الجمعة 13 مارس", "Friday 13 March", "viernes 13 de marzo"]


def test_out_of_hours_the_receipt_says_when_a_person_reads_it() -> None:
    assert "Una persona legge la tua richiesta lunedì 16 marzo alle 9:00." in said("receipt")
    assert "chiusi" not in said("receipt", next_reading=None)


def test_a_sentence_without_its_value_is_left_out_whole() -> None:
    assert "chiama" not in said("receipt", phone="")


def test_a_value_nobody_gave_is_an_error() -> None:
    with pytest.raises(KeyError, match="date"):
        rules.render("reopened", "it", **{k: v for k, v in VALUES.items() if k != "date"})


def test_a_text_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing_like_this"):
        rules.render("nothing_like_this", "it")


def test_a_missing_language_is_italian_and_says_so() -> None:
    text = rules.render("receipt", "fr", **VALUES)
    assert (text.language, text.body) == ("it", said("receipt"))


@pytest.mark.parametrize("outcome", [o for o in states.OUTCOMES if o != "died"])
def test_each_way_of_closing_has_its_own_words(outcome: str) -> None:
    assert f"closed_{outcome}" in rules.entries("it")


@pytest.mark.parametrize("outcome", ["no_reply", "not_solvable", "withdrawn", "moved_away", "merged", "listened"])
def test_nobody_reads_solved_when_it_was_not(outcome: str) -> None:
    assert "risolto" not in said("closed", outcome=outcome)


def test_who_did_not_answer_reads_how_to_open_it_again() -> None:
    assert "Non sappiamo se il problema c'è ancora." in said("closed", outcome="no_reply")


def test_braces_in_what_somebody_wrote_stay_as_they_are() -> None:
    assert "{owner} {0}" in said("answered", text="{owner} {0}")


def test_a_mail_has_a_subject_on_one_line() -> None:
    subject = rules.render("owner_warning", "it", **(VALUES | {"number": "1\nBcc: a@b"})).subject
    assert subject == "Richiesta 1 Bcc: a@b: risposta entro mercoledì 23 settembre"
