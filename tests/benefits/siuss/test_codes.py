"""The table of benefits: INPS's words, not ours."""

from __future__ import annotations

import pytest

from cortile.benefits.siuss import codes

pytestmark = pytest.mark.pure


def test_the_table_is_whole() -> None:
    assert len(codes.categories()) == 105


@pytest.mark.parametrize(
    ("code", "description"),
    [
        ("A1.05", "Contributi economici per alloggio"),
        ("A1.05.01", "Contributi economici per affitti erogati dai Comuni"),
        ("A2.05", "Agevolazioni per i servizi di pubblica utilità (telefono, luce, gas)"),
        ("A3.04", "Edilizia residenziale pubblica"),
    ],
)
def test_what_we_use_is_called_as_inps_calls_it(code: str, description: str) -> None:
    assert codes.description(code) == description


def test_a_double_blank_of_theirs_stays() -> None:
    assert "A.D.I.-  Assistenza" in codes.description("A2.08")


def test_a_category_says_where_it_comes_from() -> None:
    assert codes.category("A1.05").address.endswith("/tipo_categoria_prestazione_siuss/A1.05")


@pytest.mark.parametrize("code", ["A1.99", "a1.05", "A1.05 ", ""])
def test_a_code_the_table_does_not_have_is_refused(code: str) -> None:
    with pytest.raises(KeyError):
        codes.category(code)


def test_the_table_names_who_made_it() -> None:
    notice = codes.TABLE.with_name("NOTICE").read_text(encoding="utf-8")
    assert "INPS" in notice
    assert "creativecommons.org/licenses/by/4.0" in notice
