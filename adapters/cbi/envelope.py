"""An order as XML: one body, one payment request, one block of transfers. Writes what it is told: checks.py judges it.

CBI payment request 00.04.01 (CBIBdyPaymentRequest, CBIPaymentRequest), in force since 17/03/2024.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from stdnum import iban

from adapters.cbi.characters import latin, representable
from cortile.benefits.bank import PaymentOrder, Transfer

BODY, REQUEST = "urn:CBI:xsd:CBIBdyPaymentRequest.00.04.01", "urn:CBI:xsd:CBIPaymentRequest.00.04.01"
TRANSFER, NORMAL, SEPA, SHARED, EURO = "TRF", "NORM", "SEPA", "SLEV", "EUR"
ISSUER = "CBI"
ET.register_namespace("BODY", BODY)
ET.register_namespace("PMRQ", REQUEST)


def drawn(order: PaymentOrder) -> bytes:
    """Return the file of an order, right or wrong, in UTF-8. Names and texts are in the bank's letters, accounts without spaces."""
    root = Element(f"{{{BODY}}}CBIBdyPaymentRequest")
    envelope = SubElement(root, f"{{{BODY}}}CBIEnvelPaymentRequest")
    request = SubElement(envelope, f"{{{BODY}}}CBIPaymentRequest")
    _header(_add(request, "GrpHdr"), order)
    block = _add(request, "PmtInf")
    _debtor(block, order)
    for row, transfer in enumerate(order.transfers, start=1):
        _transfer(_add(block, "CdtTrfTxInf"), row, transfer, order.category_purpose)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _header(header: Element, order: PaymentOrder) -> None:
    """Write GrpHdr. The CUC goes to InitgPty/Id/OrgId/Othr, with CBI as its issuer."""
    written = order.written_at if order.written_at.tzinfo is None else order.written_at.astimezone(UTC)
    _put(header, "MsgId", order.message_id)
    _put(header, "CreDtTm", written.isoformat(timespec="seconds"))
    _put(header, "NbOfTxs", str(len(order.transfers)))
    _put(header, "CtrlSum", _euros(sum(transfer.cents for transfer in order.transfers)))
    _put(header, "InitgPty/Nm", latin(order.initiating_party))
    _put(header, "InitgPty/Id/OrgId/Othr/Id", order.cuc)
    _put(header, "InitgPty/Id/OrgId/Othr/Issr", ISSUER)


def _debtor(block: Element, order: PaymentOrder) -> None:
    """Write PmtInf up to its transfers: one, so it carries the message's own id. Accounts have no Ccy: nor has the schema."""
    _put(block, "PmtInfId", order.message_id)
    _put(block, "PmtMtd", TRANSFER)
    _put(block, "PmtTpInf/InstrPrty", NORMAL)
    _put(block, "PmtTpInf/SvcLvl/Cd", SEPA)
    _put(block, "ReqdExctnDt/Dt", order.execution_date.isoformat())
    _put(block, "Dbtr/Nm", latin(order.debtor_name))
    _put(block, "DbtrAcct/Id/IBAN", iban.compact(order.debtor_iban))
    _put(block, "DbtrAgt/FinInstnId/ClrSysMmbId/MmbId", order.debtor_abi)
    _put(block, "ChrgBr", SHARED)


def _transfer(line: Element, row: int, transfer: Transfer, category: str) -> None:
    """Write CdtTrfTxInf. InstrId is the row; CtgyPurp stands on each transfer, the only place the schema has for it."""
    _put(line, "PmtId/InstrId", str(row))
    _put(line, "PmtId/EndToEndId", transfer.end_to_end_id)
    _put(line, "PmtTpInf/CtgyPurp/Cd", category)
    _put(line, "Amt/InstdAmt", _euros(transfer.cents), Ccy=EURO)
    _put(line, "Cdtr/Nm", latin(transfer.name))
    _put(line, "CdtrAcct/Id/IBAN", iban.compact(transfer.iban))
    _put(line, "RmtInf/Ustrd", latin(transfer.text))


def _euros(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


def _add(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{REQUEST}}}{name}")


def _put(parent: Element, path: str, text: str, **attributes: str) -> None:
    """Write a text at the end of a path. Steps the last one opened are walked again, as in a sequence; the leaf is always new."""
    *steps, leaf = path.split("/")
    for step in steps:
        last = parent[-1] if len(parent) else None
        parent = last if last is not None and last.tag == f"{{{REQUEST}}}{step}" else _add(parent, step)
    made = _add(parent, leaf)
    made.attrib.update(attributes)
    made.text = representable(text)
