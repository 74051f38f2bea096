"""S16 on screen: a batch made by one, signed by another, sent, answered and paid again."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cortile.benefits.models import Batch, CallVersion
from tests.benefits import paydays
from tests.sessions import Enter

LOTS = "/scrivania/contributi/lotti/"


@pytest.fixture
def version() -> CallVersion:
    """Return a call whose two applications were granted 412,50 euros each, set off against their accounts."""
    return paydays.two_by_account()


def page(batch: Batch) -> str:
    """Return the address of a batch."""
    return f"{LOTS}{batch.pk}/"


def new(version: CallVersion, **asked: object) -> str:
    """Return the address where a batch of a call is prepared."""
    said = {"fondo": paydays.envelope_of(version).pk, "modo": "account", "parti": 1} | asked
    return f"{LOTS}nuovo/?" + "&".join(f"{name}={value}" for name, value in said.items())


def said(client: Client, address: str) -> str:
    """Return what a page says."""
    return client.get(address).content.decode()


def numbers(version: CallVersion) -> list[int]:
    """Return the numbers of a call's applications."""
    return list(version.call.applications.values_list("number", flat=True))


def test_who_can_be_paid_is_listed_with_the_total(enter: Enter, version: CallVersion) -> None:
    found = said(enter("federica"), new(version))
    assert [words in found for words in ("Adele Brambilla", "Gianni Sala", "825 euro")] == [True] * 3


def test_who_is_left_out_stands_there_with_the_reason(enter: Enter, version: CallVersion) -> None:
    paydays.changed(version, "adele", paid_by="transfer")
    assert "Si paga nell&#x27;altro modo." in said(enter("federica"), new(version))


def test_only_those_ticked_are_in_the_batch(enter: Enter, version: CallVersion) -> None:
    told = {"numero": numbers(version)[:1], "execution_date": "2026-03-16", "reason": "Determina 12"}
    enter("federica").post(new(version), told)
    assert Batch.objects.get().rows.get().application.number == numbers(version)[0]


def test_without_a_reason_there_is_no_batch(enter: Enter, version: CallVersion) -> None:
    told = {"numero": numbers(version), "execution_date": "2026-03-16", "reason": ""}
    assert (enter("federica").post(new(version), told).status_code, Batch.objects.count()) == (422, 0)


def test_one_makes_another_signs_and_it_leaves(enter: Enter, version: CallVersion) -> None:
    batch = paydays.made(version, way="account")
    for who, act in (("federica", "close"), ("paola", "sign"), ("federica", "send")):
        enter(who).post(page(batch), {"act": act})
    batch.refresh_from_db()
    assert batch.state == "sent"


def test_one_s_own_batch_is_refused_with_a_sentence(enter: Enter, version: CallVersion) -> None:
    batch = paydays.closed(version, way="account")
    answer = enter("federica").post(page(batch), {"act": "sign"})
    assert (answer.status_code, "Chi ha preparato il lotto non lo firma." in answer.content.decode()) == (422, True)


def test_whoever_signs_reads_the_total_who_made_it_and_why(enter: Enter, version: CallVersion) -> None:
    found = said(enter("paola"), page(paydays.closed(version, way="account")))
    assert [words in found for words in ("825 euro", "Federica R.", "Prima rata della determina 12", "1 di 1")] == [True] * 4


def test_bands_nobody_confirmed_say_so(enter: Enter, version: CallVersion) -> None:
    found = said(enter("paola"), page(paydays.closed(version, way="account")))
    assert ("Da confermare" in found, "fino a 5.000 euro: 1" in found) == (True, True)


def test_the_file_is_downloaded_as_it_left(enter: Enter, version: CallVersion) -> None:
    batch = paydays.sent(version, way="account")
    answer = enter("paola").get(f"{page(batch)}file")
    assert (answer.headers["Content-Type"], answer.content.startswith(b"lotto;riferimento;conto")) == ("text/csv", True)


def test_before_it_leaves_there_is_no_file(enter: Enter, version: CallVersion) -> None:
    assert enter("paola").get(f"{page(paydays.signed(version, way='account'))}file").status_code == 404


def test_answers_are_read_row_by_row(enter: Enter, version: CallVersion) -> None:
    batch = paydays.sent(version, way="account")
    file = SimpleUploadedFile("esiti.csv", paydays.csv_of(batch, "{0};pagato;;2026-03-11", "9-9;pagato;;2026-03-11"))
    found = enter("federica").post(page(batch), {"act": "answer", "answer": file}, follow=True).content.decode()
    assert ("arrivato" in found, "Questo riferimento non è nel lotto." in found) == (True, True)


def test_what_is_no_answer_is_refused_with_a_sentence(enter: Enter, version: CallVersion) -> None:
    batch = paydays.sent(version, way="account")
    answer = enter("federica").post(page(batch), {"act": "answer", "answer": SimpleUploadedFile("x.csv", b"ciao")})
    assert (answer.status_code, "Non riusciamo a leggere questo file." in answer.content.decode()) == (422, True)


def test_what_came_back_is_mended_and_paid_again(enter: Enter, version: CallVersion) -> None:
    batch = paydays.sent(version, way="account")
    paydays.answer(batch, "{0};pagato;;2026-03-11", "{1};tornato;X1;2026-03-11")
    told = {"act": "again", "execution_date": "2026-03-17", "reason": "Di nuovo", "way": "account"}
    enter("federica").post(page(batch), told)
    assert batch.followed_by.get().rows.get().application.applicant.code == "gianni"


def test_a_new_account_is_written_with_its_reason(enter: Enter, version: CallVersion) -> None:
    batch = paydays.sent(version, way="account")
    told = {"act": "mend", "number": numbers(version)[0], "paid_by": "transfer", "iban": paydays.GIANNI_IBAN, "reason": "Chiesto"}
    enter("federica").post(page(batch), told)
    assert version.call.applications.get(applicant__code="adele").iban == paydays.GIANNI_IBAN


def test_a_batch_is_cancelled_with_its_reason(enter: Enter, version: CallVersion) -> None:
    batch = paydays.closed(version, way="account")
    enter("federica").post(page(batch), {"act": "cancel", "reason": "Giorno sbagliato"})
    batch.refresh_from_db()
    assert batch.state == "cancelled"


def test_the_list_puts_the_batches_beside_what_there_is(enter: Enter, version: CallVersion) -> None:
    paydays.closed(version, way="account")
    found = said(enter("paola"), LOTS)
    assert [words in found for words in ("aspetta le firme", "0 di 1", "825 euro")] == [True] * 3


@pytest.mark.parametrize("act", ["", "delete"])
def test_a_button_that_is_not_there_is_not_there(enter: Enter, version: CallVersion, act: str) -> None:
    assert enter("federica").post(page(paydays.made(version, way="account")), {"act": act}).status_code == 404
