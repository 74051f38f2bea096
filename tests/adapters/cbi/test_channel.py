"""What the bank's channel adds fits around our file: the whole message of the CBI network, with invented headers."""

from __future__ import annotations

import pytest
from lxml import etree

from adapters.cbi.payment_request import written
from tests.adapters.cbi.orders import order
from tests.adapters.cbi.schemas import MESSAGE, faults, without

pytestmark = pytest.mark.pure

SENDER, RECEIVER, SERVICE, INSTANT = "0999A123", "09991000", "DISP-PAG-SEPA", "2026-11-30T10:00:00+00:00"
LEG = {
    "IdCBISndrf": SENDER,
    "IdCBIRcvrf": RECEIVER,
    "SrvNm": SERVICE,
    "IdMsgTrt": "T" * 61,
    "XMLCrtDt": INSTANT,
    "RtrnAddrl": "R" * 12,
}
END_TO_END = {
    "SrvInfo": {"SrvNm": SERVICE, "IdE2EMsg": "E" * 44, "XMLCrtDt": INSTANT},
    "Sender": {"IdCBISend": SENDER, "SendTyp": "Banca Proponente", "CBIRefrSend": SENDER},
    "Receiver": {"IdCBIRecv": RECEIVER, "RecvTyp": "Banca Passiva", "CBIRefrRecv": RECEIVER},
    "DiagInfo": {"DiagVers": "1", "ChkSbj": SENDER, "ChkDt": INSTANT},
    "CongrInfo": {"SrvBdyNb": "1"},
}


def carried(file: bytes) -> bytes:
    """Return the message a bank makes of a body: two headers before it, and the body under the message's own name."""
    inside = etree.fromstring(file)
    outer = "{urn:CBI:xsd:CBIPaymentRequestMsg.00.04.01}"
    message = etree.Element(f"{outer}CBIPaymentRequestMsg")
    leg = etree.SubElement(message, f"{outer}CBIHdrTrt")
    for name, text in LEG.items():
        etree.SubElement(leg, f"{{urn:CBI:xsd:CBIHdrTrt.001.07}}{name}").text = text
    service = etree.SubElement(message, f"{outer}CBIHdrSrv")
    for name, parts in END_TO_END.items():
        block = etree.SubElement(service, f"{{urn:CBI:xsd:CBIHdrSrv.001.07}}{name}")
        for part, text in parts.items():
            etree.SubElement(block, f"{{urn:CBI:xsd:CBIHdrSrv.001.07}}{part}").text = text
    etree.SubElement(message, f"{outer}CBIBdyPaymentRequest").extend(list(inside))
    return bytes(etree.tostring(message))


def test_the_message_around_our_file_is_one_the_network_takes() -> None:
    assert faults(carried(written(order())), MESSAGE) == []


@pytest.mark.parametrize("header", ["CBIHdrTrt", "CBIHdrSrv"])
def test_a_message_without_one_of_its_headers_is_refused_by_the_schema(header: str) -> None:
    assert faults(without(carried(written(order())), header), MESSAGE)
