"""Payments: they leave once, come back row by row, and the ledger says what the lines say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django import Settings

from cortile.benefits import actions as benefits
from cortile.benefits import batches
from cortile.benefits.models import Batch, BatchLine, CallVersion, Entry, OutcomeFile
from cortile.benefits.rules import paying
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.accounts import owing
from tests.adapters.cbi import schemas
from tests.adapters.cbi.orders import italian_iban
from tests.benefits import paydays
from tests.benefits.test_ledger import balances, written_past_the_acts

BOTH_PAID = ("{0};pagato;;2026-03-11;412,50", "{1};pagato;;2026-03-11;412,50")


@pytest.fixture
def version() -> CallVersion:
    """Return a call whose two applications were granted 412,50 euros each, by bank; the body has its account."""
    return paydays.two_by_bank()


def states(batch: Batch) -> list[str]:
    """Return where the lines of a batch stand."""
    return list(batch.rows.order_by("pk").values_list("state", flat=True))


def problems(file: OutcomeFile) -> list[str]:
    """Return what each row of an answer says."""
    return list(file.rows.values_list("problem", flat=True))


# --- leaving ---


def test_what_leaves_is_paid_in_the_ledger(version: CallVersion) -> None:
    batch = paydays.sent(version)
    assert (states(batch), balances(batch.envelope)["paid"], balances(batch.envelope)["committed"]) == (["sent"] * 2, 825_00, 0)


def test_sent_again_it_is_the_same_file_and_nothing_moves(version: CallVersion, federica: Actor) -> None:
    batch = paydays.sent(version)
    again = benefits.send_batch(batch.pk, by=federica)
    assert (again.file_digest, Entry.objects.filter(move="pay").count()) == (batch.file_digest, 2)


def test_the_file_is_the_same_byte_for_byte(version: CallVersion, federica: Actor) -> None:
    batch = paydays.sent(version)
    first = batches.file_of(batch.pk, by=federica).content
    with clock.frozen(cast.NOW + timedelta(days=40)):
        assert batches.file_of(batch.pk, by=federica).content == first


def test_the_bank_s_file_is_valid_and_says_the_batch_s_sums(version: CallVersion, federica: Actor) -> None:
    file = batches.file_of(paydays.sent(version).pk, by=federica)
    assert schemas.faults(file.content) == []
    assert schemas.said(file.content, "GrpHdr/CtrlSum") + schemas.said(file.content, "GrpHdr/NbOfTxs") == ["825.00", "2"]


def test_the_landlord_s_file_says_codes_sums_and_no_name() -> None:
    version = paydays.opened()
    for who in ("adele", "gianni"):
        owing.account_of(who)
        paydays.granted(version, who, paid_by="account")
    batch = paydays.sent(version, way="account")
    numbers = list(version.call.applications.order_by("number").values_list("number", flat=True))
    assert batches.file_of(batch.pk, by=cast.at_desk("federica")).content.decode().split("\r\n") == [
        "lotto;riferimento;conto;contratto;importo;data;testo",
        f"{batch.number};{batch.number}-1;R-adele;C-adele;412,50;2026-03-16;ACCREDITO {numbers[0]}",
        f"{batch.number};{batch.number}-2;R-gianni;C-gianni;412,50;2026-03-16;ACCREDITO {numbers[1]}", "",
    ]  # fmt: skip


def test_a_file_somebody_touched_is_not_given_out(version: CallVersion, federica: Actor) -> None:
    batch = paydays.sent(version)
    written_past_the_acts("UPDATE kit_storedfile SET content = content || ' '::bytea WHERE id = %s", batch.file_id)
    with pytest.raises(Refused) as found:
        batches.file_of(batch.pk, by=federica)
    assert found.value.code == "file-tampered"


@pytest.mark.parametrize(("made", "code"), [(paydays.closed, "batch-not-signed"), (paydays.made, "batch-not-signed")])
def test_without_its_signatures_it_does_not_leave(version: CallVersion, federica: Actor, made: object, code: str) -> None:
    batch = made(version)  # type: ignore[operator]  # one of the steps of a batch
    with pytest.raises(Refused) as found:
        benefits.send_batch(batch.pk, by=federica)
    assert found.value.code == code


def test_one_signature_of_two_is_too_few(version: CallVersion, federica: Actor) -> None:
    benefits.set_signature_bands(cast.agency(), by=cast.at_desk("nadia"), bands=[paying.Band(None, 2)])
    batch = paydays.signed(version)
    assert batch.state == "closed"
    benefits.sign_batch(batch.pk, by=paydays.another_in_the_office())
    assert benefits.send_batch(batch.pk, by=federica).state == "sent"


def test_nor_past_the_acts(version: CallVersion) -> None:
    batch = paydays.closed(version)
    with pytest.raises(IntegrityError, match="with all its signatures"):
        written_past_the_acts("UPDATE benefits_batch SET state = 'signed' WHERE id = %s", batch.pk)


def test_no_money_moves_without_a_batch(version: CallVersion) -> None:
    line = paydays.signed(version).rows.first()
    assert line is not None
    with pytest.raises(IntegrityError, match="by a signed batch only"):
        written_past_the_acts(
            "INSERT INTO benefits_entry (agency_id, envelope_id, move, at, by_name, reason, key, application_id, decision_id)"
            " VALUES (%s, %s, 'pay', now(), 'x', 'x', %s, %s, %s)",
            line.agency_id, line.batch.envelope_id, f"pay:{line.reference}", line.application_id, line.decision_id,
        )  # fmt: skip


def test_without_an_account_of_its_own_a_body_pays_nobody_by_bank() -> None:
    version = paydays.opened()
    paydays.granted(version)
    with pytest.raises(Refused) as found:
        paydays.closed(version)
    assert found.value.code == "bank-missing"


def test_what_the_bank_would_refuse_is_said_before_anybody_signs(version: CallVersion) -> None:
    with pytest.raises(Refused) as found:
        paydays.closed(version, execution_date=date(2026, 3, 15))
    assert (found.value.code, "le banche sono chiuse" in found.value.what_to_do) == ("order-not-sound", True)


# --- what its text says ---


@pytest.mark.parametrize("text", [
    "CONTRIBUTO", "Salute", "VISITA", "DEBITO", "MOROSITA", "AFFITTO", "VIOLENZA", "AVVOCATO", "PSICOLOGO", "BOLLETTA", "CANONE",
    "SUSSIDIO ALER MILANO", "CORTILE", "BENEFIT", "AMBULATORIO",
])  # fmt: skip
def test_a_text_that_says_too_much_pays_nobody(version: CallVersion, settings: Settings, text: str) -> None:
    settings.PAYMENT_TEXT = text
    with pytest.raises(Refused) as found:
        paydays.closed(version)
    assert found.value.code == "text-not-neutral"


def test_the_bank_s_lines_say_a_number_and_nothing_else(version: CallVersion, federica: Actor) -> None:
    said = schemas.said(batches.file_of(paydays.sent(version).pk, by=federica).content, "PmtInf/CdtTrfTxInf/RmtInf/Ustrd")
    assert said == [f"ACCREDITO {number}" for number in version.call.applications.order_by("pk").values_list("number", flat=True)]


# --- coming back ---


def test_what_arrived_settles_the_batch(version: CallVersion) -> None:
    batch = paydays.sent(version)
    paydays.answer(batch, *BOTH_PAID)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == ("settled", ["paid", "paid"])


def test_what_came_back_is_committed_again(version: CallVersion) -> None:
    batch = paydays.sent(version)
    paydays.answer(batch, BOTH_PAID[0], "{1};tornato;AC04;2026-03-11")
    assert (states(batch), balances(batch.envelope)["committed"]) == (["paid", "returned"], 412_50)


def test_what_arrived_may_still_come_back(version: CallVersion) -> None:
    batch = paydays.sent(version)
    paydays.answer(batch, *BOTH_PAID)
    paydays.answer(batch, "{0};tornato;MS03;2026-03-11")
    assert (states(batch), balances(batch.envelope)["paid"]) == (["returned", "paid"], 412_50)


def test_the_same_file_twice_changes_nothing(version: CallVersion) -> None:
    batch = paydays.sent(version)
    first, second = (paydays.answer(batch, BOTH_PAID[0], "{1};tornato;AC04;2026-03-11") for _time in range(2))
    assert (first.pk == second.pk, Entry.objects.filter(move="return").count()) == (True, 1)


@pytest.mark.parametrize(("row", "why"), [
    ("9-9;pagato;;2026-03-11", "unknown"), ("{0};pagato;;2026-03-11;412,51", "sum-other"),
    ("{0};forse;;2026-03-11", "outcome-unknown"),
    ("{0};pagato;;2026-03-12", "day-wrong"), ("{0};pagato;;ieri", "day-wrong"), ("{0};pagato", "row-broken"),
    ("Adele;pagato;;2026-03-11", "row-broken"), ("{0};pagato;;2026-03-11;tanti", "row-broken"),
])  # fmt: skip
def test_a_row_that_cannot_be_applied_says_why(version: CallVersion, row: str, why: str) -> None:
    batch = paydays.sent(version)
    assert (problems(paydays.answer(batch, row)), states(batch)) == ([why], ["sent", "sent"])


def test_a_row_that_was_answered_already_says_so(version: CallVersion) -> None:
    batch = paydays.sent(version)
    paydays.answer(batch, *BOTH_PAID)
    assert problems(paydays.answer(batch, BOTH_PAID[0])) == ["settled-already"]


def test_a_reference_said_twice_counts_once(version: CallVersion) -> None:
    assert problems(paydays.answer(paydays.sent(version), BOTH_PAID[0], BOTH_PAID[0])) == ["", "twice"]


def test_a_reference_said_two_ways_counts_for_none(version: CallVersion) -> None:
    batch = paydays.sent(version)
    assert problems(paydays.answer(batch, BOTH_PAID[0], "{0};tornato;AC04;2026-03-11")) == ["twice", "twice"]
    assert states(batch) == ["sent", "sent"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"nome;cognome\nAdele;Brambilla", b'riferimento;esito;codice;data\n"'])
def test_what_is_no_answer_is_refused_whole(version: CallVersion, federica: Actor, content: bytes) -> None:
    batch = paydays.sent(version)
    with pytest.raises(Refused) as found:
        benefits.take_in_outcomes(batch.pk, content, by=federica)
    assert found.value.code == "answer-unreadable"


def test_nothing_is_answered_before_it_left(version: CallVersion) -> None:
    batch = paydays.signed(version)
    with pytest.raises(Refused) as found:
        paydays.answer(batch, *BOTH_PAID)
    assert found.value.code == "batch-not-sent"


def test_an_answer_is_never_rewritten(version: CallVersion) -> None:
    paydays.answer(paydays.sent(version), *BOTH_PAID)
    with pytest.raises(DatabaseError, match="append-only"):
        written_past_the_acts("UPDATE benefits_outcomerow SET problem = ''")


# --- paying again ---


def one_back(version: CallVersion, code: str = "AC04") -> Batch:
    """Send a batch of which Gianni's payment comes back."""
    batch = paydays.sent(version)
    paydays.answer(batch, BOTH_PAID[0], f"{{1}};tornato;{code};2026-03-11")
    return batch


def test_what_came_back_waits_until_its_account_is_mended(version: CallVersion, federica: Actor) -> None:
    batch = one_back(version)
    with pytest.raises(Refused) as found:
        benefits.follow_up(batch.pk, by=federica, execution_date=paydays.DAY, reason="Conto nuovo")
    assert found.value.code == "nothing-came-back"


def test_mended_it_is_paid_again_with_another_reference(version: CallVersion, federica: Actor) -> None:
    batch = one_back(version)
    number = version.call.applications.get(applicant__code="gianni").number
    benefits.mend_account(number, by=federica, iban=italian_iban(99), reason="Conto nuovo")
    again = benefits.follow_up(batch.pk, by=federica, execution_date=paydays.DAY, reason="Conto nuovo").rows.get()
    assert (again.cents, again.tranche, again.reference != batch.rows.all()[1].reference) == (412_50, 1, True)


def test_what_came_back_for_the_bank_s_own_reasons_needs_no_mending(version: CallVersion, federica: Actor) -> None:
    batch = one_back(version, "MS03")
    assert benefits.follow_up(batch.pk, by=federica, execution_date=paydays.DAY, reason="Di nuovo").follows == batch


def test_and_only_once(version: CallVersion, federica: Actor) -> None:
    batch = one_back(version, "MS03")
    benefits.follow_up(batch.pk, by=federica, execution_date=paydays.DAY, reason="Di nuovo")
    with pytest.raises(Refused) as found:
        benefits.follow_up(batch.pk, by=federica, execution_date=paydays.DAY, reason="Di nuovo")
    assert found.value.code == "nothing-came-back"


@pytest.mark.parametrize("who", ["marta", "paola"])
def test_who_does_not_pay_takes_no_answer_in(version: CallVersion, who: str) -> None:
    batch = paydays.sent(version)
    with pytest.raises(Refused) as found:
        benefits.take_in_outcomes(batch.pk, paydays.csv_of(batch, *BOTH_PAID), by=cast.at_desk(who))
    assert found.value.code == "not-allowed-to-pay"


def test_a_batch_of_another_body_is_not_there(version: CallVersion) -> None:
    with pytest.raises(NotVisible) as found:
        batches.one(paydays.sent(version).pk, by=cast.at_desk("luca"))
    assert found.value.code == "not-visible"


def test_the_same_tranche_is_never_live_twice(version: CallVersion) -> None:
    paydays.sent(version)
    line = BatchLine.objects.first()
    assert line is not None
    with pytest.raises(IntegrityError, match=r"no more is paid|batch_line_once|its batch is open"):
        written_past_the_acts(
            "INSERT INTO benefits_batchline (agency_id, batch_id, application_id, decision_id, tranche, parts, cents, reference,"
            " payee_name, iban, account_code, state, reason_code) SELECT agency_id, batch_id, application_id, decision_id, tranche,"
            " parts, cents, '7-7', payee_name, iban, account_code, 'queued', '' FROM benefits_batchline WHERE id = %s", line.pk,
        )  # fmt: skip
