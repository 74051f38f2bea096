"""While an answer is awaited, whoever sees the debt sees that too. Steps inside the acts of this room."""

from __future__ import annotations

from cortile.accounts import actions as accounts
from cortile.accounts.models import Account
from cortile.benefits.models import Application
from cortile.kit import actor as actors
from cortile.kit.actor import Actor

KIND = "application"


def registry(application: Application) -> Actor:
    """Return who looks the registry up for an application: the house itself, since a desk may not see a rent account."""
    return actors.system("registro", agency_id=application.agency_id)


def protect(application: Application) -> None:
    """Let the debt show that an application waits: whoever sees what is owed sees that (domain §2.5)."""
    account = _account(application)
    if account is not None and KIND not in {p.kind for p in account.protected_by}:
        accounts.protect(account, by=registry(application), kind=KIND)


def unprotect(application: Application) -> None:
    """End what an application protected, unless another one of the same contract still waits for its answer."""
    account = _account(application)
    others = Application.objects.filter(tenancy_id=application.tenancy_id).exclude(pk=application.pk)
    if account is None or others.exclude(state__in=["decided", "withdrawn"]).exists():
        return
    for protection in account.protected_by:
        if protection.kind == KIND:
            accounts.end_protection(protection, by=registry(application), reason="domanda decisa")


def _account(application: Application) -> Account | None:
    rows = Account.objects.filter(tenancy_id=application.tenancy_id, closed_on=None)
    return rows.prefetch_related("protections").first()
