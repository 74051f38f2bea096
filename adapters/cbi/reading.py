"""What a payment file says, read back as the bank will read it. What cannot be read is None, and checks.py names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from adapters.cbi.envelope import BODY, REQUEST
from cortile.benefits.bank import OrderProblems, Problem
from cortile.kit import clock


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer of a file, in cents."""

    instruction_id: str
    end_to_end_id: str
    category: str
    cents: int | None
    currency: str
    name: str
    iban: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: what its header declares (``count``, ``total`` in cents, ``written_on`` in Italy), who pays, and its lines."""

    message_id: str
    written_on: date | None
    count: str
    total: int | None
    initiating_party: str
    cuc: str
    issuer: str
    information_id: str
    method: str
    service: str
    execution_date: date | None
    debtor_name: str
    debtor_iban: str
    abi: str
    lines: tuple[Line, ...]


class _Plain(ET.TreeBuilder):
    """Builds a tree of a file without a document type: no entity can then be declared, so none grows or reaches out."""

    def doctype(self, *_declared: str | None) -> None:
        """Refuse, before anything the document type declares is read."""
        raise ET.ParseError


def read(xml: bytes) -> Sheet:
    """Read a file. Raise ``OrderProblems`` for one that is no XML, or is not one CBI payment request."""
    # No entity is ever expanded: _Plain refuses what declares them.
    parser = ET.XMLParser(target=_Plain())  # noqa: S314 -- see _Plain
    try:
        parser.feed(xml)
        root = parser.close()
    except (ET.ParseError, ValueError, LookupError) as failure:
        raise _refused("file-unreadable", "Il file non si legge. Scrivilo di nuovo.") from failure
    step = f"{{{BODY}}}"
    requests = root.findall(f"{step}CBIEnvelPaymentRequest/{step}CBIPaymentRequest")
    if root.tag != f"{step}CBIBdyPaymentRequest" or not requests:
        raise _refused("file-not-cbi", "Il file non è una richiesta di pagamento CBI. Scrivilo di nuovo da qui.")
    if len(root) != 1:
        raise _refused("file-not-one", "Il file ha più di una richiesta di pagamento. Fai un file per ciascuna.")
    return _sheet(requests[0])


def _refused(code: str, sentence: str) -> OrderProblems:
    return OrderProblems([Problem(None, code, sentence)])


def _sheet(request: Element) -> Sheet:
    return Sheet(
        message_id=_said(request, "GrpHdr/MsgId"),
        written_on=_written_on(_said(request, "GrpHdr/CreDtTm")),
        count=_said(request, "GrpHdr/NbOfTxs"),
        total=_cents(_said(request, "GrpHdr/CtrlSum")),
        initiating_party=_said(request, "GrpHdr/InitgPty/Nm"),
        cuc=_said(request, "GrpHdr/InitgPty/Id/OrgId/Othr/Id"),
        issuer=_said(request, "GrpHdr/InitgPty/Id/OrgId/Othr/Issr"),
        information_id=_said(request, "PmtInf/PmtInfId"),
        method=_said(request, "PmtInf/PmtMtd"),
        service=_said(request, "PmtInf/PmtTpInf/SvcLvl/Cd"),
        execution_date=_day(_said(request, "PmtInf/ReqdExctnDt/Dt")),
        debtor_name=_said(request, "PmtInf/Dbtr/Nm"),
        debtor_iban=_said(request, "PmtInf/DbtrAcct/Id/IBAN"),
        abi=_said(request, "PmtInf/DbtrAgt/FinInstnId/ClrSysMmbId/MmbId"),
        lines=tuple(_line(found) for found in request.iterfind(_path("PmtInf/CdtTrfTxInf"))),
    )


def _line(found: Element) -> Line:
    amount = found.find(_path("Amt/InstdAmt"))
    return Line(
        instruction_id=_said(found, "PmtId/InstrId"),
        end_to_end_id=_said(found, "PmtId/EndToEndId"),
        category=_said(found, "PmtTpInf/CtgyPurp/Cd"),
        cents=_cents(_said(found, "Amt/InstdAmt")),
        currency="" if amount is None else amount.get("Ccy", ""),
        name=_said(found, "Cdtr/Nm"),
        iban=_said(found, "CdtrAcct/Id/IBAN"),
        texts=_texts(found),
    )


def _texts(line: Element) -> tuple[str, ...]:
    """Return what RmtInf holds; a structured part (Strd) counts, and says nothing we would write."""
    remittance = line.find(_path("RmtInf"))
    parts = [] if remittance is None else list(remittance)
    return tuple(part.text or "" if part.tag == _path("Ustrd") else "" for part in parts)


def _path(path: str) -> str:
    return "/".join(f"{{{REQUEST}}}{step}" for step in path.split("/"))


def _said(element: Element, path: str) -> str:
    return element.findtext(_path(path), "")


def _cents(text: str) -> int | None:
    try:
        cents = Decimal(text).scaleb(2)
        return int(cents) if cents == cents.to_integral_value() else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _written_on(text: str) -> date | None:
    """Read the day of an instant, where the bank is; one without its zone is nobody's day in particular."""
    try:
        found = datetime.fromisoformat(text)
        return clock.local(found).date() if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
