"""The file a batch leaves with, for the landlord's system or for the bank: inner steps of the acts of payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from cortile.benefits.actions.steps import check, refused
from cortile.benefits.bank import Bank, OrderProblems, PaymentOrder, Transfer
from cortile.benefits.models import BankAccount, Batch, BatchLine
from cortile.benefits.rules import paying
from cortile.benefits.words import REFUSALS
from cortile.kit.refusals import Refused
from cortile.messages import rules as messages

CSV, XML = "text/csv", "application/xml"
MOST_SHOWN = 5


def media_type(batch: Batch) -> str:
    """Return what kind of file a batch leaves with."""
    return XML if batch.way == "transfer" else CSV


def content(batch: Batch, lines: Sequence[BatchLine], at: datetime) -> bytes:
    """Return the file of a batch, written at an instant in UTC: the same bytes for the same batch, lines and instant.

    Raise ``Refused`` with ``text-not-neutral``, ``bank-missing`` or ``order-not-sound``, naming every row the bank would refuse.
    """
    if batch.way == "account":
        return paying.set_off_file(_set_off(batch, line) for line in lines)
    bank, account = _bank(), BankAccount.objects.filter(agency_id=batch.agency_id).first()
    if bank is None or account is None:
        raise refused("bank-missing")
    try:
        return bank.write(_order(batch, lines, account, at))
    except OrderProblems as found:
        shown = [str(problem) for problem in found.problems[:MOST_SHOWN]]
        raise Refused("order-not-sound", str(REFUSALS["order-not-sound"][0]), " ".join(shown)) from found


def text_of(line: BatchLine) -> str:
    """Return what stands on a payee's statement. Raise ``Refused`` with ``text-not-neutral`` for one that says too much.

    SOURCE: product §7, F5: whoever looks over her shoulder, or behind the counter, reads it too.
    """
    text = paying.statement(settings.PAYMENT_TEXT, line.application.number)
    body = line.application.agency
    named = [name for name in (body.name, body.short_name, "cortile") if name and name.casefold() in text.casefold()]
    check(not named and not messages.says_too_much(text), "text-not-neutral")
    return text


def _set_off(batch: Batch, line: BatchLine) -> paying.SetOff:
    return paying.SetOff(
        batch.number, line.reference, line.account_code, line.application.tenancy.code, line.cents, batch.execution_date,
        text_of(line),
    )  # fmt: skip


def _order(batch: Batch, lines: Sequence[BatchLine], account: BankAccount, at: datetime) -> PaymentOrder:
    return PaymentOrder(
        message_id=f"L-{batch.number}", written_at=at, execution_date=batch.execution_date, initiating_party=account.debtor_name,
        cuc=account.cuc, debtor_name=account.debtor_name, debtor_iban=account.iban, debtor_abi=account.abi,
        category_purpose=account.category_purpose,
        transfers=tuple(Transfer(line.reference, line.cents, line.payee_name, line.iban, text_of(line)) for line in lines),
    )  # fmt: skip


def _bank() -> Bank | None:
    """Return the bank named in the settings, or nothing. Raise ``ImportError`` for a wrong name."""
    if not settings.BANK:
        return None
    found: Bank = import_string(settings.BANK)()
    return found
