"""How a body pays, as who sets it up writes it."""

from __future__ import annotations

from cortile.benefits import actions
from cortile.benefits.models import BankAccount, SignatureBand
from cortile.benefits.rules.paying import Band
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/contributi/lotti/regole/"
BANDS = {"act": "bands", "up_1": "2.000", "sign_1": "1", "up_2": "", "sign_2": "", "up_3": "", "sign_3": "", "rest": "2"}
ACCOUNT = {
    "act": "account", "debtor_name": "ALER Milano", "iban": "IT60X0542811101000000123456", "abi": "05428", "cuc": "AB12CD34",
    "category_purpose": "GOVT", "unconfirmed": "ABI",
}  # fmt: skip


def test_the_bands_start_from_those_to_be_confirmed(enter: Enter) -> None:
    text = enter("nadia").get(PAGE).content.decode()
    assert "Da confermare: finché" in text
    assert 'value="5.000"' in text


def test_bands_are_written_in_cents(enter: Enter) -> None:
    enter("nadia").post(PAGE, BANDS)
    assert list(SignatureBand.objects.values_list("up_to_cents", "signatures")) == [(2_000_00, 1), (None, 2)]


def test_a_body_with_many_bands_loses_none_by_saving(enter: Enter) -> None:
    written = [Band(row * 1_000_00, row) for row in range(1, 5)]
    actions.set_signature_bands(cast.agency(), by=cast.at_desk("nadia"), bands=[*written, Band(None, 5)])
    told = {f"up_{row}": f"{row}.000" for row in range(1, 5)} | {f"sign_{row}": str(row) for row in range(1, 5)}
    assert 'value="4.000"' in enter("nadia").get(PAGE).content.decode()
    enter("nadia").post(PAGE, {"act": "bands", **told, "rest": "5"})
    assert SignatureBand.objects.count() == 5


def test_a_row_half_written_is_said_and_nothing_is_saved(enter: Enter) -> None:
    answer = enter("nadia").post(PAGE, BANDS | {"up_2": "9.000"})
    assert (answer.status_code, SignatureBand.objects.exists()) == (422, False)
    assert "tutte e due le caselle" in answer.content.decode()


def test_a_sum_nobody_can_read_is_said(enter: Enter) -> None:
    assert "Questa cifra non si legge" in enter("nadia").post(PAGE, BANDS | {"up_1": "tanto"}).content.decode()


def test_fewer_signatures_for_more_money_are_refused(enter: Enter) -> None:
    answer = enter("nadia").post(PAGE, BANDS | {"sign_1": "3"})
    assert "Le fasce delle firme non sono complete." in answer.content.decode()


def test_the_account_is_written_with_what_is_still_to_be_confirmed(enter: Enter) -> None:
    enter("nadia").post(PAGE, ACCOUNT)
    assert BankAccount.objects.get().iban == "IT60X0542811101000000123456"
    assert "ABI</bdi>" in enter("nadia").get(PAGE).content.decode()


def test_a_wrong_iban_is_refused_and_what_was_typed_stays(enter: Enter) -> None:
    answer = enter("nadia").post(PAGE, ACCOUNT | {"iban": "IT00"})
    assert (answer.status_code, BankAccount.objects.exists()) == (422, False)
    text = answer.content.decode()
    assert 'value="AB12CD34"' in text
    assert text.count('id="errori"') == 1


def test_who_signs_payments_does_not_write_how_many_sign(enter: Enter) -> None:
    assert enter("paola").get(PAGE).status_code == 404
