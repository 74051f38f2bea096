"""A flow as INPS reads it: XML of PS_PSA_SINA201812.xsd, and the base64 of it the API answers with."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from cortile.benefits.siuss import checks
from cortile.benefits.siuss.records import Beneficiary, Channel, Flow, Nature, Record, Residence

NAMESPACE = "http://inps.it/Casellario"


def written(flow: Flow) -> bytes:
    """Return a flow as UTF-8 XML: the same flow is always the same bytes.

    Attributes stand in the schema's order, and those without a value are left out. Raise ``FlowProblems`` when something
    blocks it, and write nothing.
    """
    checks.refuse_blocked(flow)
    return draft(flow)


def draft(flow: Flow) -> bytes:
    """Return what a flow would be, unchecked: to look at, or to show what the schema lets pass. Never send it."""
    root = ET.Element("Flusso", {"xmlns": NAMESPACE})
    head = ET.SubElement(root, "IdentificazioneFlusso", {"Nome": flow.id})
    body = flow.body
    said = {"Codice": body.code, "Denominazione": body.name, "Indirizzo": body.seat, "CFOperatore": body.operator}
    ET.SubElement(head, "Ente", said)
    for record in flow.records:
        _add(root, record)
    document: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def encoded(flow: Flow) -> str:
    """Return the base64 of a flow, ``Flusso.flusso`` of api-comuni.yaml. Raise ``FlowProblems``, also for a second record."""
    return base64.b64encode(written(replace(flow, channel=Channel.PULL))).decode("ascii")


def _add(root: ET.Element, record: Record) -> None:
    person = record.beneficiary
    element = ET.SubElement(root, "Beneficiario", {"CodiceFiscale": person.fiscal_code})
    ET.SubElement(element, "Anagrafica", _said(_person(person)))
    for residence in person.residences:
        ET.SubElement(element, "Indirizzo", _said(_residence(residence)))
    ET.SubElement(element, "PrestazioniSociali", _said(_benefit(record)))


def _person(person: Beneficiary) -> dict[str, str]:
    return {
        "Cognome": person.family_name,
        "Nome": person.given_name,
        "AnnoNascita": f"{person.birth_year:04d}",
        "LuogoNascita": person.birthplace,
        "Genere": person.sex or "",
        "CodiceCittadinanza": person.citizenship,
        "CodiceSecondaCittadinanza": person.second_citizenship,
    }


def _residence(place: Residence) -> dict[str, str]:
    return {"CodiceRegione": place.region, "CodiceComune": place.municipality, "CodiceNazione": place.country}


def _benefit(record: Record) -> dict[str, str]:
    once, isee, amount = record.nature is Nature.ONE_OFF, record.isee, _euro(record.amount_cents)
    return {
        "TipoOperazione": record.operation,
        "PresenzaProvaMezzi": record.means_test,
        "CaratterePrestazione": record.nature,
        "NumeroProtocolloDSU": isee.protocol if isee else "",
        "AnnoProtocolloDSU": isee.year if isee else "",
        "DataDSU": _day(isee.presented_on if isee else None),
        "CodicePrestazione": record.code,
        "DenominazionePrestazione": record.description,
        "ProtocolloDomanda": record.application,
        "DataEvento": _day(record.decided_on),
        "DataInizioPrestazione": _day(record.starts_on),
        "DataFinePrestazione": _day(record.ends_on),
        "DataErogazionePrestazione": _day(record.paid_on),
        "ImportoPrestazione": amount if once else "",
        "PeriodoErogazione": str(record.months or ""),
        "ImportoMensile": "" if once else amount,
        "PresaCarico": "1" if record.in_care else "2",
        "AreaUtenza": record.area or "",
    }


def _said(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _euro(cents: int) -> str:
    """Euro with two decimals and a point: money never passes through a float."""
    return f"{cents // 100}.{cents % 100:02d}"
