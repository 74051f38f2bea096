"""Batches: what can be paid, by whom it is signed, and that nothing leaves on one person's word."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError

from cortile.benefits import actions as benefits
from cortile.benefits import payable
from cortile.benefits.actions.batches import came_back_of
from cortile.benefits.models import Batch, BatchLine, CallVersion, Envelope
from cortile.benefits.rules.paying import Band
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people.models import Person
from tests import cast
from tests.accounts import owing
from tests.adapters.cbi.orders import italian_iban
from tests.benefits import money, paydays
from tests.benefits.test_ledger import balances, written_past_the_acts


@pytest.fixture
def version() -> CallVersion:
    """Return a call whose two applications were granted 412,50 euros each, by bank; the body has its account."""
    return paydays.two_by_bank()


def refused(version: CallVersion, **values: object) -> str:
    """Return why a batch was not made."""
    with pytest.raises(Refused) as found:
        paydays.made(version, **values)
    return found.value.code


# --- making ---


def test_a_batch_holds_whoever_was_granted(version: CallVersion) -> None:
    batch = paydays.made(version)
    assert list(batch.rows.values_list("cents", "state")) == [(412_50, "queued")] * 2


def test_a_reference_names_nobody(version: CallVersion) -> None:
    batch = paydays.made(version)
    assert [row.reference for row in batch.rows.all()] == [f"{batch.number}-1", f"{batch.number}-2"]


def test_nobody_is_in_two_batches(version: CallVersion) -> None:
    paydays.made(version)
    assert refused(version) == "nothing-to-pay"


def test_only_some_may_be_chosen(version: CallVersion) -> None:
    number = version.call.applications.first().number  # type: ignore[union-attr]  # there are two
    assert paydays.made(version, applications=[number]).rows.get().application.number == number


def test_who_was_not_granted_cannot_be_chosen(version: CallVersion) -> None:
    waits = money.applied(version, "samira")
    assert refused(version, applications=[waits.number]) == "cannot-be-paid"


@pytest.mark.parametrize(("wrong", "code"), [
    ({"reason": " "}, "reason-missing"), ({"execution_date": date(2026, 3, 10)}, "day-past"), ({"parts": 5}, "parts-wrong"),
    ({"way": "contanti"}, "parts-wrong"),
])  # fmt: skip
def test_a_batch_says_why_and_when(version: CallVersion, wrong: dict[str, object], code: str) -> None:
    assert refused(version, **wrong) == code


def test_a_community_manager_pays_nobody(version: CallVersion) -> None:
    assert refused(version, by=cast.at_desk("marta")) == "not-allowed-to-pay"


def test_the_money_of_another_body_is_not_there(version: CallVersion, federica: Actor) -> None:
    with scopes.opened(scopes.EVERYTHING):
        other = Envelope.objects.create(agency=cast.agency("aler-lodi"), code="X", fund="x")
    with pytest.raises(NotVisible) as found:
        benefits.make_batch(other.pk, by=federica, way="account", execution_date=paydays.DAY, reason="x")
    assert found.value.code == "not-visible"


def test_the_same_tap_twice_is_one_batch(version: CallVersion) -> None:
    assert paydays.made(version, once="k").pk == paydays.made(version, once="k").pk


@pytest.mark.parametrize(("change", "why"), [
    ({"paid_by": "account"}, "other-way"), ({"iban": "IT00"}, "iban-wrong"), ({"iban": ""}, "iban-wrong"),
])  # fmt: skip
def test_who_is_left_out_has_a_reason(version: CallVersion, change: dict[str, str], why: str) -> None:
    paydays.changed(version, "adele", **change)
    assert [one.problem for one in payable.standings(paydays.envelope_of(version), "transfer")] == [why, ""]


def test_who_has_no_account_at_the_landlord_s_is_left_out(version: CallVersion) -> None:
    paydays.changed(version, paid_by="account")
    owing.account_of("gianni")
    assert [one.problem for one in payable.standings(paydays.envelope_of(version), "account")] == ["no-account", ""]


def test_what_is_not_committed_is_not_paid() -> None:
    version = paydays.opened(500_00)
    for who in ("adele", "gianni"):
        paydays.decided(money.applied(version, who, paid_by="transfer", iban=paydays.ADELE_IBAN), 412_50)
    assert [one.problem for one in payable.standings(paydays.envelope_of(version), "transfer")] == ["", "not-committed"]


# --- tranches ---


def test_half_now_and_the_rest_later_to_the_cent(version: CallVersion) -> None:
    paydays.changed(version, "gianni", paid_by="account")
    paydays.decided(version.call.applications.get(applicant__code="adele"), 412_49, number=2)
    halves = [paydays.made(version, parts=2).rows.get() for _ in range(2)]
    assert [(half.tranche, half.cents) for half in halves] == [(1, 206_24), (2, 206_25)]


def test_after_the_last_tranche_there_is_nothing_left(version: CallVersion) -> None:
    for _tranche in range(3):
        paydays.made(version, parts=3)
    assert refused(version, parts=3) == "nothing-to-pay"


def test_no_more_is_written_than_was_decided(version: CallVersion) -> None:
    batch = paydays.made(version, parts=2)
    line = batch.rows.first()
    assert line is not None
    with pytest.raises(IntegrityError, match="no more is paid than was decided"):
        written_past_the_acts(
            "INSERT INTO benefits_batchline (agency_id, batch_id, application_id, decision_id, tranche, parts, cents, reference,"
            " payee_name, iban, account_code, state, reason_code)"
            " VALUES (%s, %s, %s, %s, 2, 2, 20626, '1-1', 'x', '', '', 'queued', '')",
            batch.agency_id, batch.pk, line.application_id, line.decision_id,
        )  # fmt: skip


# --- closing and signing ---


def test_closing_counts_and_says_how_many_sign(version: CallVersion) -> None:
    batch = paydays.closed(version)
    assert (batch.total_cents, batch.count, batch.signatures_needed) == (825_00, 2, 1)


@pytest.mark.parametrize(("limit", "needed"), [(824_99, 3), (825_00, 1)])
def test_the_body_s_own_bands_say_it(version: CallVersion, limit: int, needed: int) -> None:
    benefits.set_signature_bands(cast.agency(), by=cast.at_desk("nadia"), bands=[Band(limit, 1), Band(None, 3)])
    assert paydays.closed(version).signatures_needed == needed


def test_bands_without_an_end_are_refused() -> None:
    with pytest.raises(Refused) as found:
        benefits.set_signature_bands(cast.agency(), by=cast.at_desk("nadia"), bands=[Band(5_000_00, 1)])
    assert found.value.code == "bands-not-whole"


def test_who_pays_does_not_choose_how_many_sign(federica: Actor) -> None:
    with pytest.raises(Refused) as found:
        benefits.set_signature_bands(cast.agency(), by=federica, bands=[Band(None, 1)])
    assert found.value.code == "not-allowed-to-set-up"


def test_nor_from_which_account(federica: Actor) -> None:
    with pytest.raises(Refused) as found:
        benefits.set_bank_account(cast.agency(), by=federica, debtor_name="x", iban="x", abi="x", cuc="x")
    assert found.value.code == "not-allowed-to-set-up"


def signed_by(batch: Batch, by: Actor) -> str:
    """Return why a signature was refused."""
    with pytest.raises(Refused) as found:
        benefits.sign_batch(batch.pk, by=by)
    return found.value.code


def test_who_made_it_does_not_sign_it(version: CallVersion, federica: Actor) -> None:
    assert signed_by(paydays.closed(version), federica) == "own-batch"


def test_nor_past_the_acts(version: CallVersion, federica: Actor) -> None:
    batch = paydays.closed(version)
    with pytest.raises(IntegrityError, match="signed by somebody else"):
        written_past_the_acts(
            "INSERT INTO benefits_signature (agency_id, batch_id, staff_id, by_name, at, total_cents, digest)"
            " SELECT agency_id, id, made_by_id, 'x', now(), total_cents, digest FROM benefits_batch WHERE id = %s", batch.pk,
        )  # fmt: skip


def test_who_helped_with_an_application_does_not_sign_its_payment(version: CallVersion, paola: Actor) -> None:
    paydays.changed(version, "adele", helped_by=cast.staff("paola"))
    batch = paydays.closed(version)
    assert signed_by(batch, paola) == "helped-one"
    with pytest.raises(IntegrityError, match="does not sign its payment"):
        written_past_the_acts(
            "INSERT INTO benefits_signature (agency_id, batch_id, staff_id, by_name, at, total_cents, digest)"
            " SELECT agency_id, id, %s, 'x', now(), total_cents, digest FROM benefits_batch WHERE id = %s", paola.id, batch.pk,
        )  # fmt: skip


def test_nor_does_who_wrote_the_account(version: CallVersion, paola: Actor) -> None:
    number = version.call.applications.get(applicant__code="adele").number
    benefits.mend_account(number, by=(other := paydays.another_in_the_office()), iban=paydays.GIANNI_IBAN, reason="Conto nuovo")
    assert signed_by(paydays.closed(version), other) == "helped-one"


def test_nobody_signs_twice(version: CallVersion, paola: Actor) -> None:
    benefits.set_signature_bands(cast.agency(), by=cast.at_desk("nadia"), bands=[Band(None, 2)])
    assert signed_by(paydays.signed(version), paola) == "signed-already"


def test_an_open_batch_is_not_signed(version: CallVersion, paola: Actor) -> None:
    assert signed_by(paydays.made(version), paola) == "batch-not-closed"


def test_a_desk_signs_nothing(version: CallVersion) -> None:
    assert signed_by(paydays.closed(version), cast.at_desk("silvia")) == "not-allowed-to-sign"


def test_a_closed_batch_is_not_closed_again(version: CallVersion, federica: Actor) -> None:
    batch = paydays.closed(version)
    with pytest.raises(Refused) as found:
        benefits.close_batch(batch.pk, by=federica)
    assert found.value.code == "batch-not-open"


def test_a_signature_is_never_taken_back(version: CallVersion) -> None:
    paydays.signed(version)
    with pytest.raises(DatabaseError, match="append-only"):
        written_past_the_acts("DELETE FROM benefits_signature")


# --- what changes meanwhile ---


def test_an_account_changed_after_closing_stops_the_signature(version: CallVersion, paola: Actor, federica: Actor) -> None:
    batch = paydays.closed(version)
    number = version.call.applications.get(applicant__code="adele").number
    benefits.mend_account(number, by=federica, iban=paydays.GIANNI_IBAN, reason="Conto nuovo")
    assert signed_by(batch, paola) == "batch-changed"


def test_a_decision_changed_after_signing_stops_the_sending(version: CallVersion, federica: Actor) -> None:
    batch = paydays.signed(version)
    paydays.decided(version.call.applications.get(applicant__code="adele"), 100_00, number=2)
    with pytest.raises(Refused) as found:
        benefits.send_batch(batch.pk, by=federica)
    assert found.value.code == "batch-changed"


@pytest.mark.parametrize("words", [
    "UPDATE benefits_batchline SET cents = cents + 1", "UPDATE benefits_batchline SET iban = 'IT00'",
    "UPDATE benefits_batch SET total_cents = 1", "UPDATE benefits_batch SET signatures_needed = 0",
    "DELETE FROM benefits_batchline",
    "UPDATE benefits_batch SET state = 'signed'", "UPDATE benefits_batch SET reason = 'altro'",
])  # fmt: skip
def test_a_closed_batch_never_changes(version: CallVersion, words: str) -> None:
    paydays.closed(version)
    with pytest.raises(DatabaseError, match=r"does not change|never deleted|all its signatures"):
        written_past_the_acts(words)


def test_an_account_that_does_not_hold_is_not_written(version: CallVersion, federica: Actor) -> None:
    with pytest.raises(Refused) as found:
        benefits.mend_account(version.call.applications.all()[0].number, by=federica, iban="IT00", reason="x")
    assert found.value.code == "account-wrong"


# --- cancelling ---


def test_a_cancelled_batch_frees_its_lines(version: CallVersion, federica: Actor) -> None:
    benefits.cancel_batch(paydays.signed(version).pk, by=federica, reason="Giorno sbagliato")
    assert paydays.made(version).rows.count() == 2


def test_a_cancelled_batch_never_leaves(version: CallVersion, federica: Actor) -> None:
    batch = benefits.cancel_batch(paydays.signed(version).pk, by=federica, reason="Giorno sbagliato")
    with pytest.raises(Refused) as found:
        benefits.send_batch(batch.pk, by=federica)
    assert found.value.code == "batch-not-signed"


@pytest.mark.parametrize(("made", "reason", "code"), [(paydays.sent, "x", "batch-gone"), (paydays.made, "", "reason-missing")])
def test_what_left_is_not_cancelled_nor_anything_without_a_reason(
    version: CallVersion, federica: Actor, made: object, reason: str, code: str
) -> None:
    batch = made(version)  # type: ignore[operator]  # one of the steps of a batch
    with pytest.raises(Refused) as found:
        benefits.cancel_batch(batch.pk, by=federica, reason=reason)
    assert found.value.code == code


# --- warnings ---


def test_an_account_of_two_families_is_shown_before_signing(version: CallVersion) -> None:
    paydays.changed(version, iban=paydays.ADELE_IBAN)
    batch = paydays.closed(version)
    assert set(map(tuple, payable.warnings(batch, payable.lines_of(batch)).values())) == {("shared",)}


def test_an_account_that_changed_holder_is_shown(version: CallVersion) -> None:
    paydays.sent(version, parts=2)
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(code="adele").update(family_name="Altrui")
    batch = paydays.closed(version)
    line = BatchLine.objects.get(batch=batch, application__applicant__code="adele")
    assert payable.warnings(batch, payable.lines_of(batch))[line.pk] == ["other-name"]


def test_another_account_than_last_time_is_shown(version: CallVersion, federica: Actor) -> None:
    paydays.sent(version, parts=2)
    number = version.call.applications.get(applicant__code="adele").number
    benefits.mend_account(number, by=federica, iban=italian_iban(99), reason="Conto nuovo")
    batch = paydays.closed(version)
    assert [found for found in payable.warnings(batch, payable.lines_of(batch)).values() if found] == [["changed"]]


def test_nothing_odd_shows_nothing(version: CallVersion) -> None:
    batch = paydays.closed(version)
    assert (set(map(tuple, payable.warnings(batch, payable.lines_of(batch)).values())), came_back_of(batch)) == ({()}, [])
    assert balances(batch.envelope)["committed"] == 825_00
