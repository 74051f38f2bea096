"""A flow as INPS reads it."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortile.benefits.siuss import checks
from cortile.benefits.siuss.flow import NAMESPACE, draft, encoded, written
from cortile.benefits.siuss.records import Channel, Flow, Operation, flow_id
from tests.benefits.siuss import invented, schema
from tests.benefits.siuss.invented import ADELE, FLOW, HEATING, SOME, body, flow, monthly, person

pytestmark = pytest.mark.pure
TWO = replace(FLOW, records=(HEATING, replace(HEATING, application="2026/0143")), channel=Channel.UPLOAD)
TEXTS = ["fiscal_code", "family_name", "given_name", "birthplace", "citizenship", "second_citizenship"]
anything = st.one_of(st.text(st.characters(max_codepoint=0x6FF), max_size=40), st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True))


def said(flow: Flow, element: str) -> dict[str, str]:
    """Return the attributes of the first element of a name."""
    found = ET.fromstring(written(flow)).find(f".//{{{NAMESPACE}}}{element}")  # noqa: S314 -- our own flow
    assert found is not None
    return dict(found.attrib)


@SOME
@given(right=invented.flows())
def test_a_flow_to_be_pulled_is_valid(right: Flow) -> None:
    assert schema.takes(written(right))


@SOME
@given(right=invented.flows(most=4))
def test_a_flow_to_be_uploaded_is_valid(right: Flow) -> None:
    assert schema.takes(written(right))


@settings(SOME, max_examples=60)
@given(right=invented.flows(), name=st.sampled_from(TEXTS), value=anything)
def test_whatever_is_not_stopped_is_valid_whoever_it_names(right: Flow, name: str, value: str) -> None:
    record = right.records[0]
    changed = replace(right, records=(replace(record, beneficiary=replace(record.beneficiary, **{name: value})),))
    assert schema.takes(draft(changed)) or any(problem.blocks for problem in checks.problems(changed))


@given(name=st.sampled_from(["code", "description", "application"]), value=anything)
def test_whatever_is_not_stopped_is_valid_whatever_it_says(name: str, value: str) -> None:
    changed: Any = flow(**{name: value})
    assert schema.takes(draft(changed)) or any(problem.blocks for problem in checks.problems(changed))


@pytest.mark.parametrize("text", ["a\x00b", "a\x08b", "\ud800", "\ufffe"])
def test_a_sign_xml_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(checks.FlowProblems) as refused:
        written(flow(application=text))
    assert [problem.code for problem in refused.value.problems] == ["application"]


def test_the_same_flow_is_the_same_bytes() -> None:
    assert written(FLOW).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<Flusso xmlns="http://inps.it/Casellario"><IdentificazioneFlusso Nome="F205.PS.20260311.0000001"><Ente Codice="F205" '
        'Denominazione="ALER di prova" Indirizzo="F205" CFOperatore="VRDRLL71E43Z999Y" /></IdentificazioneFlusso>'
        '<Beneficiario CodiceFiscale="BLLDLA47S52Z999G"><Anagrafica Cognome="Bellini" Nome="Adele" AnnoNascita="1947" '
        'LuogoNascita="Z999" Genere="2" CodiceCittadinanza="380" /><Indirizzo CodiceRegione="10" CodiceComune="015146" '
        'CodiceNazione="380" /><PrestazioniSociali TipoOperazione="I" PresenzaProvaMezzi="1" CaratterePrestazione="2" '
        'NumeroProtocolloDSU="INPS-ISEE-2026-01234567K-00" AnnoProtocolloDSU="2026" DataDSU="2026-01-20" '
        'CodicePrestazione="A1.05" DenominazionePrestazione="Contributi economici per alloggio" ProtocolloDomanda="2026/0142" '
        'DataEvento="2026-02-27" DataErogazionePrestazione="2026-03-09" ImportoPrestazione="412.50" PresaCarico="2" />'
        "</Beneficiario></Flusso>"
    )


def test_a_monthly_contribution_says_its_months_and_no_payment() -> None:
    benefit = said(monthly(), "PrestazioniSociali")
    assert (benefit["ImportoMensile"], benefit["PeriodoErogazione"]) == ("412.50", "6")
    assert (benefit["DataInizioPrestazione"], benefit["DataFinePrestazione"]) == ("2026-01-01", "2026-06-30")
    assert not {"ImportoPrestazione", "DataErogazionePrestazione"} & set(benefit)


def test_what_has_no_isee_says_nothing_of_one() -> None:
    assert not [name for name in said(flow(isee=None, means_test="4"), "PrestazioniSociali") if "DSU" in name]


def test_who_is_in_care_has_an_area() -> None:
    benefit = said(flow(in_care=True, area="3"), "PrestazioniSociali")
    assert (benefit["PresaCarico"], benefit["AreaUtenza"]) == ("1", "3")


def test_a_contribution_can_be_taken_back() -> None:
    assert said(flow(operation=Operation.CANCEL), "PrestazioniSociali")["TipoOperazione"] == "C"


@pytest.mark.parametrize(("cents", "euro"), [(1, "0.01"), (99, "0.99"), (60_000, "600.00"), (123_456_789_05, "123456789.05")])
def test_cents_are_written_as_euro(cents: int, euro: str) -> None:
    assert said(flow(amount_cents=cents), "PrestazioniSociali")["ImportoPrestazione"] == euro


def test_a_name_cannot_open_a_tag() -> None:
    assert said(body(name='<Ente x="1">&'), "Ente")["Denominazione"] == '<Ente x="1">&'


@SOME
@given(right=invented.flows())
def test_what_the_api_answers_is_the_flow(right: Flow) -> None:
    assert base64.b64decode(encoded(right), validate=True) == written(right)


def test_many_contributions_can_be_uploaded() -> None:
    assert len(re.findall(b"<PrestazioniSociali ", written(TWO))) == 2


def test_and_are_never_pulled_together() -> None:
    with pytest.raises(checks.FlowProblems) as refused:
        encoded(TWO)
    assert [problem.code for problem in refused.value.problems] == ["one-benefit"]


@pytest.mark.parametrize(
    ("code", "wrong"), [("fiscal-code", person(fiscal_code="BLLDLA47S52Z999A")), ("amount", flow(amount_cents=0))]
)
def test_a_flow_something_stops_is_not_written(code: str, wrong: Flow) -> None:
    with pytest.raises(checks.FlowProblems, match=r"^Riga 1: ") as refused:
        written(wrong)
    assert code in [problem.code for problem in refused.value.problems]


def test_a_flow_is_named_by_body_day_and_turn() -> None:
    assert flow_id("F205", date(2026, 3, 11), 42) == "F205.PS.20260311.0000042"


def test_two_contributions_differ_by_their_day() -> None:
    other = replace(HEATING, paid_on=date(2026, 3, 10))
    assert HEATING.identity != other.identity
    assert HEATING.identity.fiscal_code == ADELE.fiscal_code
