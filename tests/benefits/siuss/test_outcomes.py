"""What became of our flows, as INPS tells us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits.siuss.outcomes import CODES, OPTIONAL, REQUIRED, Outcome, read
from tests.benefits.siuss import schema

pytestmark = pytest.mark.pure
EXAMPLE: dict[str, Any] = schema.API["examples"]["esiti"]
GOOD: dict[str, Any] = EXAMPLE["elenco_esiti"][0]
json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just(GOOD["ts_flusso"]), st.sampled_from(CODES)),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.sampled_from([*GOOD, "elenco_esiti"]), inside)),
)


def one(**changes: object) -> dict[str, Any]:
    """Return the body of one outcome, some properties changed; None takes one away."""
    return {"elenco_esiti": [{name: value for name, value in (GOOD | changes).items() if value is not None}]}


BAD: list[object] = [
    [], None, "esiti", {"esiti": []}, EXAMPLE | {"altro": 1}, {"elenco_esiti": {}}, {"elenco_esiti": None},
    {"elenco_esiti": [GOOD] * 101}, {"elenco_esiti": ["OK"]}, one(codice_esito="ok"), one(codice_esito="RIFIUTATO"),
    one(descrizione_esito=3), one(id_acquisizione_siuss=22738), one(ts_flusso=1_701_083_096_852), one(ts_flusso="ieri"),
    one(ts_flusso="2023-11-27"), one(ts_acquisizione="2023-11-27T11:04:56"), one(ts_acquisizione="2023-13-27T11:04:56Z"),
    *(one(**{name: None}) for name in REQUIRED),
]  # fmt: skip


def test_the_example_of_the_description_is_read() -> None:
    outcome = read(EXAMPLE)
    assert [(row.flow_id, row.siuss_id) for row in outcome.accepted] == [("H501.PS.20210520.0000002", "22738")]
    (rejected,) = outcome.rejected
    assert (rejected.code, rejected.kind) == ("RICHIESTA_INVALIDA", "SINBA")
    assert rejected.reason.startswith("In cooperazione è possibile inviare solo un beneficiario")


def test_instants_are_read_in_utc() -> None:
    (row,) = read(one(ts_acquisizione="2026-03-11T10:00:00.5+01:00")).accepted
    assert row.instant == datetime(2023, 11, 27, 11, 4, 56, 852_000, tzinfo=UTC)
    assert row.acquired_at == datetime(2026, 3, 11, 9, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize("code", CODES[1:])
def test_whatever_is_not_ok_is_rejected(code: str) -> None:
    outcome = read(one(codice_esito=code))
    assert [row.code for row in outcome.rejected] == [code]
    assert outcome.accepted == ()


def test_the_codes_and_names_are_those_of_the_description() -> None:
    said = schema.API["components"]["schemas"]["EsitoFlusso"]
    assert list(CODES) == said["properties"]["codice_esito"]["enum"]
    assert set(REQUIRED) == set(said["required"])
    assert set(REQUIRED + OPTIONAL) == set(said["properties"])


@pytest.mark.parametrize("empty", [{}, {"elenco_esiti": []}])
def test_no_outcome_is_no_fault(empty: dict[str, Any]) -> None:
    assert read(empty) == Outcome((), ())
    assert schema.faults("ElencoEsiti", empty) == []


def test_a_property_of_a_row_nobody_described_is_passed_over() -> None:
    said = one(codice_ente="H501", codice_siuss="22738")
    assert schema.faults("ElencoEsiti", said) == []
    assert len(read(said).accepted) == 1


@pytest.mark.parametrize("bad", BAD)
def test_what_the_description_does_not_allow_is_refused_with_a_sentence(bad: object) -> None:
    with pytest.raises(ValueError, match=r"^(Il messaggio|«elenco_esiti»|Esito \d+:) .*\.$"):
        read(bad)
    assert schema.faults("ElencoEsiti", bad) != []


def test_the_sentence_names_the_row() -> None:
    with pytest.raises(ValueError, match=r"^Esito 2: manca «id_flusso»"):
        read({"elenco_esiti": [GOOD, {}]})


@given(body=st.one_of(json, json.map(lambda value: {"elenco_esiti": [value]}), st.builds(one, codice_esito=json, ts_flusso=json)))
def test_what_we_read_is_what_the_description_allows(body: object) -> None:
    try:
        taken = read(body) is not None
    except ValueError:
        taken = False
    assert taken == (schema.faults("ElencoEsiti", body) == [])
