"""More contracts in San Siro, for what is counted: nine households, so that a count may be shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from cortile.people import actions as people
from tests import cast
from tests.accounts import facts


def households(many: int = 9, **isee: Any) -> list[str]:  # noqa: ANN401 -- the statement's own fields
    """Register some households with a contract, a band, heating to pay and an ISEE; return their codes."""
    return [_one(f"vicina-{n}", isee) for n in range(many)]


def _one(code: str, isee: dict[str, Any]) -> str:
    body, home = cast.agency(), cast.person("adele").tenancies_held.get().dwelling
    person = people.register(body, by=cast.SYSTEM, given_name="Vicina", family_name=code.title(), code=code)
    household = people.form_household(body, by=cast.SYSTEM, code=f"N-{code}", members=[(person, "intestataria")])
    people.open_tenancy(household, home, by=cast.SYSTEM, code=f"C-{code}", holder=person, start=date(2015, 1, 1))
    known(code, **isee)
    return code


def known(code: str, **isee: Any) -> None:  # noqa: ANN401 -- as above
    """Write what a contribution is decided on: who looks entitled, unless the ISEE says otherwise."""
    facts.band_of(code)
    facts.isee_of(code, **isee)
    facts.charge_of(code)
