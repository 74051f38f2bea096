"""What is said at a table names nobody: naming is refused, and so is whatever would find somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.kit.anonymous import FIRM, GIVEN, PROPER, personal

pytestmark = pytest.mark.pure

KNOWN = ("San Siro", "Doposcuola delle Betulle", "Parrocchia di San Siro Nuovo", "Associazione Il Cortile")


@pytest.mark.parametrize(
    "text",
    [
        "Manca il doposcuola fino a maggio",
        "A San Siro il Doposcuola delle Betulle ha 4 posti liberi su 25",
        "La Caritas e il Comune chiedono due pomeriggi in più entro il 30 aprile 2026",
        "Una famiglia con tre bambini aspetta da 40 giorni. Nessuno risponde: che cosa facciamo?",
        "Scuola: 12 richieste (marzo 2026), e nessun servizio sicuro per: Compiti e doposcuola.".replace("Compiti", "compiti"),
        "Il bando va dal 30/04/2026 al 15.05.2026, per il 2026-2027",
        "Il 3º incontro è il 30/04/2026. – Si parte alle 9",
        "L'ASL risponde dopo 20 giorni; il CAF il giorno stesso",
    ],
)
def test_a_situation_is_told_without_saying_whose(text: str) -> None:
    assert personal(text, KNOWN) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("adele non trova posto", "adele"),
        ("La signora Brambilla non trova posto", "signora Brambilla"),
        ("Non trova posto il figlio di Haddad", "Haddad"),
        ("Chiamare il 333 5550 101", "333 5550 101"),
        ("Chiamare 02/5550100", "02/5550100"),
        ("Scrivere a lei@example.invalid", "lei@example.invalid"),
        ("Abita in via dei Tigli 12", "via dei Tigli 12"),
        ("È alla scala B", "scala B"),
        ("Il figlio di HADDAD aspetta", "HADDAD"),
        ("Aspetta la risposta d'Adele", "Adele"),
        ("La richiesta 1042 è ferma", "richiesta 1042"),
        ("La pratica n. 1042 è ferma", "pratica n. 1042"),
        ("Il suo codice è BRMDLA47E43F205X", "BRMDLA47E43F205X"),
        ("Una donna nata nel 1947", "nata nel 1947"),
        ("Una bambina nata il 12/03/2014", "nata il 12/03/2014"),
        ("Chiamare il 333 12-34-5678", "333 12-34-5678"),
        ("Chiamare lo 02-55-5010", "02-55-5010"),
        ("Chiamare il 333 12/03/2014", "333 12/03/2014"),
        ("Un ragazzo (Haddad) aspetta", "Haddad"),
        ("Un ragazzo, «Haddad», aspetta", "Haddad"),
        ("Manca il posto per: Haddad", "Haddad"),
        ("Aiutare حداد con la scuola", "حداد"),
        ("Aiutare 王芳 con la scuola", "王芳"),
    ],
)
def test_what_would_find_somebody_is_found(text: str, found: str) -> None:
    assert personal(text, KNOWN) == found


@given(st.sampled_from(sorted(GIVEN)), st.sampled_from(["", "La famiglia di ", "aiutare ", "Per "]), st.booleans())
def test_a_given_name_never_passes_however_it_is_written(name: str, before: str, capital: bool) -> None:
    assert personal(f"{before}{name.title() if capital else name} non trova posto", KNOWN)


@given(st.from_regex(r"3[0-9]{2}[ ./-]?[0-9]{3}[ ./-]?[0-9]{4}", fullmatch=True))
def test_no_telephone_passes_however_it_is_grouped(number: str) -> None:
    assert personal(f"Telefonare al {number} domani", KNOWN)


@given(st.integers(100, 99_999_999), st.sampled_from(["richiesta", "Pratica n.", "segnalazione", "numero", "n."]))
def test_no_number_of_a_request_passes(number: int, before: str) -> None:
    assert personal(f"Guardare {before} {number}")


def test_a_name_inside_the_name_of_a_service_may_be_said() -> None:
    assert personal("Chiedere al Centro Santa Maria", ["Centro Santa Maria"]) == ""
    assert personal("Chiedere a Maria", ["Centro Santa Maria"]) == "Maria"


@pytest.mark.parametrize("text", ["Patto di Comunità", "Biblioteca Sicilia, via Carlo Marx 12", "Cam di corso Garibaldi, 27"])
def test_a_name_or_a_place_to_meet_has_its_capitals_and_its_street(text: str) -> None:
    assert personal(text, KNOWN, apart=PROPER) == ""


@pytest.mark.parametrize(
    "text", ["Da Adele, via dei Tigli 12", "Via dei Tigli 12, scala B", "Bar, 333 5550 101", "Famiglia Haddad"]
)
def test_a_place_to_meet_is_nobody_s_home(text: str) -> None:
    assert personal(text, KNOWN, apart=PROPER)


@pytest.mark.parametrize(
    "text", ["Centro Maria Teresa", "Fondazione Prof. Rossi, via Padova 36", "Centro famiglia Ucraina", "女性之家"]
)
def test_an_organisation_may_be_named_after_somebody(text: str) -> None:
    assert personal(text, apart=FIRM) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Ente 333 5550 101",
        "Ente BRMDLA47E43F205X",
        "Ente lei@example.invalid",
        "Ente, via dei Tigli 12, scala B",
        "Maria, nata nel 1947",
    ],
)
def test_but_it_has_nobody_s_number_nor_home(text: str) -> None:
    assert personal(text, apart=FIRM)
