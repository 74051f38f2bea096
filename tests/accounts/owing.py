"""What these tests owe: an account of a tenant's contract, written as an import does."""

from __future__ import annotations

from datetime import date
from typing import Any

from cortile.accounts import actions
from cortile.accounts.models import Account, Protection
from cortile.kit import scopes
from tests import cast


def account_of(key: str = "gianni", **details: Any) -> Account:  # noqa: ANN401 -- the model's own fields
    """Write the rent account of a tenant: Gianni owes 640 euro since November unless they say."""
    about: dict[str, Any] = {
        "balance_cents": 64_000, "monthly_rent_cents": 9_820, "as_of": date(2026, 3, 1), "owed_since": date(2025, 11, 1),
    }  # fmt: skip
    person = cast.person(key)
    with scopes.opened(scopes.EVERYTHING):
        return Account.objects.create(
            agency=person.agency, code=f"R-{key}", tenancy=person.tenancies_held.get(), **(about | details)
        )


def planned(account: Account, **details: Any) -> Protection:  # noqa: ANN401 -- the act's own arguments
    """Write that a plan was agreed: 80 euro a month until the end of October."""
    about: dict[str, Any] = {
        "by": cast.machine(), "kind": "plan", "until": date(2026, 10, 31), "instalment_cents": 8_000,
    }  # fmt: skip
    return actions.protect(account, **(about | details))
