"""The paper twin: one side, the number and the date in both languages, and a custodian's copy that says nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pypdf
import pytest

from cortile.kit.working_days import Hours
from cortile.messages import sheet
from cortile.messages.sheet import AccessSheet, CodeSheet, Letter, Look, Sheet

pytestmark = pytest.mark.pure

REQUEST = Sheet(
    number=1042, owner="Marta", role="community manager", date=date(2026, 3, 13), phone="02 5550 000",
    agency="ALER Milano", language="ar", place="Spazio C.A.S.A. San Siro", opens_at=datetime(2026, 3, 12, 8, tzinfo=UTC),
)  # fmt: skip
CODE = CodeSheet(
    card_number="SS-104217", code="482915", valid_until=date(2026, 4, 10), page="casa.example.invalid",
    phone="02 5550 000", agency="ALER Milano", language="ar",
)  # fmt: skip
LOOK = Look(day=date(2026, 3, 11), name="Marta", role="responsabile", sentence="ha aperto la tua scheda", times=3)
ACCESS = AccessSheet(
    looks={"it": [LOOK], "en": [replace(LOOK, sentence="opened your record")]}, phone="02 5550 000", agency="ALER Milano",
    language="en",
)  # fmt: skip
LANGUAGES = ("it", "ar", "en", "fr")


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages(pdf)).replace("\u00a0", " ").replace("\u2060", "").split())


def letters(pdf: bytes) -> float:
    """Return the size of the smallest letters on a page, in points."""
    found: list[float] = []
    pages(pdf)[0].extract_text(
        visitor_text=lambda t, cm, tm, _, size: found.append(abs(tm[0] * cm[0]) * size) if t.strip() else None
    )
    return min(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_one_a5_side_with_letters_of_fourteen_points(language: str) -> None:
    pdf = sheet.request_sheet(replace(REQUEST, language=language))
    (page,) = pages(pdf)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (420, 595)
    assert letters(pdf) >= 14


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_the_number_who_when_and_where(language: str) -> None:
    found = text(sheet.request_sheet(replace(REQUEST, language=language)))
    for said in ("1042", "Marta", "venerdì 13 marzo", "02 5550 000", "Spazio C.A.S.A. San Siro", "giovedì 12 marzo"):
        assert said in found


def test_the_other_language_stands_beside_the_italian() -> None:
    assert "Friday 13 March" in text(sheet.request_sheet(replace(REQUEST, language="en")))
    assert "مارس" in text(sheet.request_sheet(REQUEST)) or "\ufee3" in text(sheet.request_sheet(REQUEST))


def test_a_sheet_without_a_date_or_a_place_says_nothing_in_their_stead() -> None:
    found = text(sheet.request_sheet(replace(REQUEST, language="it", date=None, place="", opens_at=None)))
    assert "Ti rispondiamo entro" not in found
    assert "Dove trovi una persona" not in found


def test_the_custodian_keeps_the_number_and_nothing_else() -> None:
    found = text(sheet.custodian_copy(1042))
    assert found == "Copia per la portineria Numero della richiesta 1042"


def test_a_sheet_that_names_somebody_is_seen_to_differ_from_the_custodian_copy() -> None:
    assert "Marta" in text(sheet.request_sheet(REQUEST))
    assert "Marta" not in text(sheet.custodian_copy(1042))


def test_the_code_sheet_says_card_code_and_how_to_enter() -> None:
    pdf = sheet.code_sheet(CODE)
    assert len(pages(pdf)) == 1
    for said in ("SS-104217", "482 915", "venerdì 10 aprile", "casa.example.invalid"):
        assert said in text(pdf)


def test_in_arabic_the_code_is_read_in_the_same_order() -> None:
    assert text(sheet.code_sheet(CODE)).count("482 915") == 2


def test_a_letter_keeps_its_paragraphs_in_both_languages() -> None:
    found = text(sheet.letter(Letter(body="Hello.\nSee you.", body_it="Ciao.\nA presto.", agency="ALER", language="en")))
    assert "Ciao. A presto." in found
    assert "Hello. See you." in found


def test_what_somebody_typed_is_never_markup() -> None:
    found = text(sheet.letter(Letter(body="", body_it='#read("house.typ") *$x$ @y', agency="ALER")))
    assert '#read("house.typ") *$x$ @y' in found


def test_the_same_sheet_is_the_same_file() -> None:
    assert sheet.request_sheet(REQUEST) == sheet.request_sheet(REQUEST)
    assert sheet.request_sheet(REQUEST) != sheet.request_sheet(replace(REQUEST, number=1043))


def test_who_has_seen_is_said_with_day_and_name_in_both_languages() -> None:
    found = text(sheet.access_sheet(ACCESS))
    assert "mercoledì 11 marzo Marta, responsabile, ha aperto la tua scheda (volte: 3)." in found
    assert "Wednesday 11 March Marta, supervisor, opened your record (times: 3)." in found


@pytest.mark.parametrize("looks", [{"it": [], "en": []}, ACCESS.looks])
def test_the_paper_says_to_everybody_that_associations_answer_for_themselves(looks: dict[str, list[Look]]) -> None:
    found = text(sheet.access_sheet(replace(ACCESS, looks=looks, language="en")))
    assert "Le associazioni hanno i loro dati: chiedili a loro." in found
    assert "Associations have their own data: ask them." in found


def test_a_reason_stands_beside_its_look() -> None:
    looks = [replace(LOOK, reason="ha chiamato il medico", after="Una seconda persona lo ha controllato.", times=1)]
    found = text(sheet.access_sheet(replace(ACCESS, looks={"it": looks}, language="it")))
    assert "ha aperto la tua scheda. Motivo: ha chiamato il medico. Una seconda persona lo ha controllato." in found


def test_a_long_list_is_whole_and_its_letters_stay_large() -> None:
    looks = [replace(LOOK, day=date(2026, 3, 1 + n % 28), reason=f"motivo{n}") for n in range(120)]
    pdf = sheet.access_sheet(replace(ACCESS, looks={"it": looks}, language="it"))
    assert len(pages(pdf)) > 2
    assert letters(pdf) >= 10
    assert all(f"motivo{n}." in text(pdf) for n in range(120))


def test_an_empty_list_says_so() -> None:
    found = text(sheet.access_sheet(replace(ACCESS, looks={"it": [], "ar": []}, language="ar")))
    assert "Non c'è niente da mostrare." in found


ANSWERED = replace(REQUEST, hours=[Hours(day, time(9), time(13)) for day in range(3)], answering=["Marta", "Luca"])


@pytest.mark.parametrize(("language", "said"), [("it", "Rispondono Marta e Luca"), ("en", "Marta and Luca answer")])
def test_a_sheet_says_when_the_phone_is_answered_and_by_whom(language: str, said: str) -> None:
    found = text(sheet.request_sheet(replace(ANSWERED, language=language)))
    assert said in found
    assert "9:00–13:00" in found


def test_one_person_on_the_phone_is_named_alone() -> None:
    assert "Ti risponde Marta." in text(sheet.request_sheet(replace(ANSWERED, language="it", answering=["Marta"])))


def test_with_nobody_on_the_phone_the_hours_stand_alone() -> None:
    found = text(sheet.request_sheet(replace(ANSWERED, language="it", answering=[])))
    assert "Rispondiamo lun–mer 9:00–13:00." in found
    assert "Rispondono" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_with_the_phone_is_still_one_side(language: str) -> None:
    pdf = sheet.request_sheet(replace(ANSWERED, language=language))
    assert len(pages(pdf)) == 1
    assert letters(pdf) >= 14
