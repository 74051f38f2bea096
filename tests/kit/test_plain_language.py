"""Gulpease and its companions: the figures of product §8 and §9, counted by the same rules."""

from __future__ import annotations

import pytest

from cortile.kit import plain_language
from cortile.kit.plain_language import measure, problems, sentences_of, words_of

pytestmark = pytest.mark.pure

MEASURED = {
    "Siamo in ritardo e ci scusiamo. Dovevamo risponderti entro il 14 marzo. Ora la tua richiesta è sul tavolo della "
    "responsabile, Paola. Paola ti chiama entro lunedì 17 marzo. Non devi fare niente.": 88.7,
    "Per noi il problema è risolto. È così anche per te? [Sì, è risolto] [No, il problema c'è ancora]. Se non "
    "rispondi, ti chiamiamo tra tre giorni. Non chiudiamo senza sentirti.": 99.3,
    "Non abbiamo trovato un servizio per «badante» aperto adesso. Puoi vedere quelli aperti domani. Oppure Marta può "
    "cercare per te: rispondiamo entro due giorni.": 73.2,
    "Questo foglio vale come l'app. Qui trovi il numero della tua richiesta, chi la segue e quando ti rispondiamo. "
    "Vuoi sapere a che punto è? Chiama lo 02 0000 0000 e di' il numero. Oppure passa dallo Spazio C.A.S.A. o dal "
    "custode.": 85.8,
}


@pytest.mark.parametrize(("text", "index"), MEASURED.items())
def test_the_index_is_the_one_the_guide_measured(text: str, index: float) -> None:
    assert round(measure(text).index, 1) == index


def test_the_formula_is_kept_between_zero_and_a_hundred() -> None:
    assert plain_language.gulpease(10, 10, 10) == 100
    assert plain_language.gulpease(1, 40, 900) == 0
    assert plain_language.gulpease(0, 0, 0) == 100


def test_numbers_acronyms_and_abbreviations_end_no_sentence() -> None:
    text = "Il tuo ISEE è 9.360,01 euro allo Spazio C.A.S.A. di via Po n. 5 (art. 3). Vieni alle 10:30."
    assert len(sentences_of(text)) == 2


def test_a_colon_and_a_semicolon_end_no_sentence() -> None:
    assert len(sentences_of("Porta questo: la bolletta; il foglio ISEE.")) == 1


def test_an_apostrophe_divides_and_a_bare_number_is_no_word() -> None:
    assert words_of("L'ISEE vale 7.800 euro") == ["L", "ISEE", "vale", "euro"]


def test_labels_and_buttons_do_not_make_a_page_look_plain() -> None:
    assert measure("Chiama\nInvia\nAvanti").sentences == 0


def test_each_block_of_a_page_ends_a_sentence_and_unread_parts_are_out() -> None:
    page = "<style>p{color:red}</style><ul><li>Porta la <b>bolletta</b> di maggio</li><li>Vieni allo Spazio domani</li></ul>"
    found = plain_language.measure_html(page)
    assert (found.sentences, found.words) == (2, 9)


def test_the_longest_sentence_and_the_long_words_are_named() -> None:
    found = measure("Vieni da noi domani mattina. La rendicontazione amministrativa la facciamo noi con calma.")
    assert found.longest_sentence.startswith("La rendicontazione")
    assert found.long_words == ("amministrativa", "rendicontazione")


@pytest.mark.parametrize("word", ["Istanza", "morosità", "utenti", "canone", "nucleo familiare", "S.V.", "purtroppo", "casi"])
def test_a_banned_word_comes_with_what_to_say_instead(word: str) -> None:
    (found,) = plain_language.banned_in(f"Ecco {word} qui")
    assert found[0] == word
    assert found[1]


def test_words_that_only_look_like_banned_ones_pass() -> None:
    text = "Te lo diciamo in ogni caso: la casa, il frutto, la causa, in caso di pioggia, un amoroso saluto."
    assert plain_language.banned_in(text) == ()


def test_the_old_notice_is_refused_with_its_reasons() -> None:
    notice = (
        "Si comunica che, decorso il termine perentorio indicato nel provvedimento notificato all'assegnatario, lo "
        "scrivente ufficio procederà al recupero coattivo della morosità maturata relativamente ai corrispettivi insoluti."
    )
    found = problems(notice)
    assert any("Gulpease" in said for said in found)
    assert any("parole" in said for said in found)
    assert len(found) >= 8


def test_a_short_text_is_held_to_fifteen_words_a_sentence() -> None:
    sixteen = "Domani alle dieci vieni da noi con la bolletta e il foglio che ti ha dato Marta"
    assert problems(sixteen) == ["Frase di 17 parole: al massimo 15"]
    assert problems("Domani alle dieci vieni da noi con la bolletta. Ti aspetta Marta.") == []
