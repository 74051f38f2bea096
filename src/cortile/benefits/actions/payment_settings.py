"""How a body pays: from which account, and with how many signatures. Configuration, to be confirmed by the body and its bank."""

from __future__ import annotations

from collections.abc import Sequence

from cortile.agencies.models import Agency
from cortile.benefits import access, payable
from cortile.benefits.actions.steps import check
from cortile.benefits.models import BankAccount, SignatureBand
from cortile.benefits.rules import paying
from cortile.benefits.rules.paying import Band
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor


@action("payment_settings.bands_set")
def set_signature_bands(agency: Agency, *, by: Actor, bands: Sequence[Band]) -> Agency:
    """Write how many people sign a batch beside who made it, by its total in cents. Batches closed before keep theirs.

    Raise ``Refused`` with ``not-allowed-to-set-up`` or ``bands-not-whole``.
    """
    access.require_to(by, "set up", "not-allowed-to-set-up")
    check(by.agency_id in {None, agency.pk}, "not-allowed-to-set-up")
    check(bands and paying.whole(bands), "bands-not-whole")
    SignatureBand.objects.filter(agency=agency).delete()
    SignatureBand.objects.bulk_create(SignatureBand(agency=agency, **band._asdict()) for band in bands)
    done("U", agency, fields=["signatures"])
    return agency


@action("payment_settings.account_set")
def set_bank_account(
    agency: Agency, *, by: Actor, debtor_name: str, iban: str, abi: str, cuc: str, category_purpose: str = "GOVT",
    unconfirmed: str = "",
) -> BankAccount:  # fmt: skip
    """Write the account a body pays from, as its bank's contract says it; ``unconfirmed`` is what the bank is still to confirm.

    Raise ``Refused`` with ``not-allowed-to-set-up`` or ``account-not-whole``.
    """
    access.require_to(by, "set up", "not-allowed-to-set-up")
    check(by.agency_id in {None, agency.pk}, "not-allowed-to-set-up")
    bare = "".join(iban.split()).upper()
    check(debtor_name.strip() and payable.holds(bare) and abi.strip() and cuc.strip(), "account-not-whole")
    told = {
        "debtor_name": debtor_name.strip(), "iban": bare, "abi": abi.strip(), "cuc": cuc.strip(),
        "category_purpose": category_purpose, "unconfirmed": unconfirmed,
    }  # fmt: skip
    account, _made = BankAccount.objects.update_or_create(agency=agency, defaults=told)
    done("U", account, fields=["account"])
    return account
