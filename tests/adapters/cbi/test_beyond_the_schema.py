"""Files CBI's schemas take and a bank would send back: each is seen to pass the schema, and is caught by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adapters.cbi.checks import problems_in
from adapters.cbi.payment_request import written
from cortile.kit import plain_language
from tests.adapters.cbi.orders import OTHER_ABI, foreign_iban, italian_iban, order
from tests.adapters.cbi.schemas import changed, faults, in_dollars, renamed, twice, without

pytestmark = pytest.mark.pure

FILE = written(order())
RIGHT = italian_iban(3, OTHER_ABI)
# One digit another: its check digits no longer hold.
WRONG = RIGHT[:-1] + str((int(RIGHT[-1]) + 1) % 10)

SAYING = [
    ("message-id-form", "GrpHdr/MsgId", "/2026/1"),
    ("information-id-other", "PmtInf/PmtInfId", "ORD-2026-0002"),
    ("count-wrong", "GrpHdr/NbOfTxs", "3"),
    ("sum-wrong", "GrpHdr/CtrlSum", "723.46"),
    ("sum-wrong", "CdtTrfTxInf/Amt/InstdAmt", "6000.00"),
    ("initiator-characters", "GrpHdr/InitgPty/Nm", "Città"),
    ("cuc-form", "InitgPty/Id/OrgId/Othr/Id", "0999A12"),
    ("cuc-form", "InitgPty/Id/OrgId/Othr/Id", "0999a123"),
    ("issuer-not-cbi", "InitgPty/Id/OrgId/Othr/Issr", "ABI"),
    ("not-sepa-transfer", "PmtInf/PmtMtd", "TRA"),
    ("not-sepa-transfer", "PmtInf/PmtTpInf/SvcLvl/Cd", "URGP"),
    ("debtor-characters", "Dbtr/Nm", "Ente & Casa"),
    ("debtor-iban-wrong", "DbtrAcct/Id/IBAN", WRONG),
    ("debtor-iban-foreign", "DbtrAcct/Id/IBAN", foreign_iban("FR", "20041010050500013M02606")),
    ("abi-other-bank", "ClrSysMmbId/MmbId", OTHER_ABI),
    ("instant-without-zone", "GrpHdr/CreDtTm", "2026-11-30T09:15:00"),
    ("date-past", "ReqdExctnDt/Dt", "2026-11-27"),
    ("date-too-far", "ReqdExctnDt/Dt", "2062-12-01"),
    ("date-not-working", "ReqdExctnDt/Dt", "2026-12-05"),
    ("date-not-working", "ReqdExctnDt/Dt", "2026-12-08"),
    ("date-not-working", "ReqdExctnDt/Dt", "2027-03-26"),
    ("date-form", "ReqdExctnDt/Dt", "2026-12-01Z"),
    ("end-to-end-twice", "PmtId/EndToEndId", "P-2"),
    ("end-to-end-form", "PmtId/EndToEndId", "P//1"),
    ("end-to-end-form", "PmtId/EndToEndId", "CORTILE 1"),
    ("instruction-twice", "PmtId/InstrId", "2"),
    ("instruction-form", "PmtId/InstrId", "n°1"),
    ("category-unknown", "CtgyPurp/Cd", "SEPA"),
    ("category-unknown", "CtgyPurp/Cd", "SSBE"),
    ("amount-too-small", "Amt/InstdAmt", "0.00"),
    ("amount-too-large", "Amt/InstdAmt", "1000000000.00"),
    ("name-missing", "Cdtr/Nm", " "),
    ("name-characters", "Cdtr/Nm", "Nicolò"),
    ("name-characters", "Cdtr/Nm", "نيكولو"),
    ("iban-wrong", "CdtrAcct/Id/IBAN", WRONG),
    ("iban-wrong", "CdtrAcct/Id/IBAN", RIGHT.replace("0", "o")),
    ("iban-outside-sepa", "CdtrAcct/Id/IBAN", foreign_iban("TN", "59999999999999999999")),
    ("text-missing", "RmtInf/Ustrd", " "),
    ("text-characters", "RmtInf/Ustrd", "Pagamento n° 15"),
    ("text-names-us", "RmtInf/Ustrd", "Pagamento di Cortile"),
]
SHAPED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("initiator-missing", lambda file: without(file, "InitgPty/Nm")),
    ("issuer-not-cbi", lambda file: without(file, "Othr/Issr")),
    ("not-sepa-transfer", lambda file: without(file, "PmtInf/PmtTpInf")),
    ("date-form", lambda file: renamed(file, "ReqdExctnDt/Dt", "DtTm", "2026-12-01T10:00:00Z")),
    ("category-missing", lambda file: without(file, "CdtTrfTxInf/PmtTpInf")),
    ("category-missing", lambda file: renamed(file, "CtgyPurp/Cd", "Prtry", "GOVT")),
    ("currency-not-euro", in_dollars),
    ("iban-wrong", lambda file: without(file, "CdtrAcct")),
    ("text-missing", lambda file: without(file, "RmtInf")),
    ("text-twice", lambda file: twice(file, "RmtInf/Ustrd")),
    ("count-wrong", lambda file: twice(file, "CdtTrfTxInf")),
    ("file-not-one", lambda file: twice(file, "CBIEnvelPaymentRequest")),
]


def codes(file: bytes) -> set[str]:
    """Return what is wrong with a file, by code."""
    return {problem.code for problem in problems_in(file)}


def test_the_file_they_all_start_from_has_nothing_wrong() -> None:
    assert codes(FILE) == set()


@pytest.mark.parametrize(("code", "path", "text"), SAYING)
def test_a_wrong_word_the_schema_takes_is_caught(code: str, path: str, text: str) -> None:
    file = changed(FILE, path, text)
    assert faults(file) == []
    assert code in codes(file)


@pytest.mark.parametrize(("code", "wrong"), SHAPED)
def test_a_wrong_shape_the_schema_takes_is_caught(code: str, wrong: Callable[[bytes], bytes]) -> None:
    file = wrong(FILE)
    assert faults(file) == []
    assert code in codes(file)


def test_a_file_of_somebody_else_s_standard_is_refused() -> None:
    document = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn/></Document>'
    assert codes(document) == {"file-not-cbi"}


def test_a_file_that_declares_entities_is_not_read() -> None:
    growing = FILE.replace(b"<BODY:CBIBdy", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><BODY:CBIBdy', 1)
    assert codes(growing) == {"file-unreadable"}


@pytest.mark.parametrize(("path", "text"), [(path, text) for _code, path, text in SAYING])
def test_what_is_wrong_is_said_plainly_and_names_nobody(path: str, text: str) -> None:
    for problem in problems_in(changed(FILE, path, text)):
        assert plain_language.problems(problem.sentence) == []
        assert not any(word in problem.sentence for word in ("Nicol", "Agostino", "Muller", WRONG, RIGHT))
