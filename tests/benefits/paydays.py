"""Granted applications and batches for the tests: decided by two people, with their money committed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cortile.agencies import actions as agencies
from cortile.agencies.roles import Role
from cortile.benefits import actions as benefits
from cortile.benefits.actions import lines
from cortile.benefits.models import Application, Batch, CallVersion, Decision, Envelope, OutcomeFile
from cortile.homes import actions as homes
from cortile.homes.models import Dwelling, Stair
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.people import actions as people
from tests import cast
from tests.accounts import owing
from tests.adapters.cbi.orders import ABI, OTHER_ABI, italian_iban
from tests.benefits import money, notices

DAY = date(2026, 3, 16)
ADELE_IBAN, GIANNI_IBAN = italian_iban(11, OTHER_ABI), italian_iban(12, OTHER_ABI)


def opened(cents: int = 1_000_000_00, *, code: str = "2026/1") -> CallVersion:
    """Publish a call that keeps money in the order of arrival, with its envelope."""
    version = notices.published(strategy="first_come", code=code)
    money.envelope(version, cents, code=code)
    return version


def two_by_bank() -> CallVersion:
    """Publish a call whose two applications were granted 412,50 euros each, by bank; the body has its account."""
    bank()
    version = opened()
    for who in ("adele", "gianni"):
        granted(version, who)
    return version


def two_by_account() -> CallVersion:
    """Publish a call whose two applications were granted 412,50 euros each, set off against their accounts."""
    version = opened()
    for who in ("adele", "gianni"):
        owing.account_of(who)
        granted(version, who, paid_by="account")
    return version


def envelope_of(version: CallVersion) -> Envelope:
    """Return the envelope of a call."""
    return Envelope.objects.get(call=version.call)


def granted(version: CallVersion, who: str = "adele", **values: Any) -> Application:  # noqa: ANN401 -- as submit
    """Send in an application of one of the cast, and decide it: Federica proposes, Paola decides."""
    values.setdefault("paid_by", "transfer")
    if values["paid_by"] == "transfer":
        values.setdefault("iban", ADELE_IBAN if who == "adele" else GIANNI_IBAN)
    application = money.applied(version, who, **values)
    decided(application, application.asked_cents)
    return application


def decided(application: Application, cents: int, *, number: int = 1, by: tuple[str, str] = ("federica", "paola")) -> Decision:
    """Write a decision as the acts of the examination do, and commit its money."""
    proposer, decider = map(cast.staff, by)
    with scopes.opened(scopes.EVERYTHING), transaction.atomic():
        decision = Decision.objects.create(
            agency_id=application.agency_id, application=application, number=number, version=application.version, figures={},
            facts={}, fingerprint="f", outcome="granted", award_cents=cents, granted_cents=cents, proposed_by=proposer,
            proposed_at=clock.now(), decided_by=decider, decided_at=clock.now(),
        )  # fmt: skip
        lines.settle(application, decision, by=cast.at_desk("paola"))
        application.state, application.outcome, application.decided_at = "decided", "granted", clock.now()
        application.save(update_fields=["state", "outcome", "decided_at"])
    return decision


def changed(version: CallVersion, who: str = "", **values: Any) -> None:  # noqa: ANN401 -- the application's own fields
    """Change the applications of a call, or one of them, past the acts."""
    rows = version.call.applications.filter(applicant__code=who) if who else version.call.applications
    with scopes.opened(scopes.EVERYTHING):
        rows.update(**values)


def neighbour(number: int, version: CallVersion) -> Application:
    """Let one more family of the quarter in, with an account at the landlord's, and grant her application."""
    stair = Stair.objects.filter(building__code="MI-001").order_by("pk").first()
    assert stair is not None
    key = f"vicina-{number}"
    dwelling = _dwelling(stair, key)
    person = people.register(
        cast.agency(), by=cast.SYSTEM, given_name=f"Vicina {_letters(number)}", family_name="Prova", code=key, dwelling=dwelling
    )
    household = people.form_household(cast.agency(), by=cast.SYSTEM, code=f"N-{key}", members=[(person, "intestataria")])
    people.open_tenancy(household, dwelling, by=cast.SYSTEM, code=f"C-{key}", holder=person, start=date(2015, 1, 1))
    owing.account_of(key)
    return granted(version, key, paid_by="account")


def _dwelling(stair: Stair, key: str) -> Dwelling:
    return homes.add_dwelling(stair, by=cast.SYSTEM, code=f"MI-001-{key}", floor="1")


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def bank(body: str = "aler-milano") -> None:
    """Write the account a body pays from."""
    benefits.set_bank_account(
        cast.agency(body), by=cast.at_desk("nadia"), debtor_name="Ente Casa di Prova", iban=italian_iban(77), abi=ABI,
        cuc="0999A123", unconfirmed="Il codice CUC",
    )  # fmt: skip


def made(version: CallVersion, **values: Any) -> Batch:  # noqa: ANN401 -- as make_batch
    """Let Federica put a batch together."""
    told: dict[str, Any] = {"way": "transfer", "execution_date": DAY, "reason": "Prima rata della determina 12"} | values
    return benefits.make_batch(envelope_of(version).pk, by=told.pop("by", cast.at_desk("federica")), **told)


def closed(version: CallVersion, **values: Any) -> Batch:  # noqa: ANN401 -- as make_batch
    """Let Federica close a batch, for signatures."""
    return benefits.close_batch(made(version, **values).pk, by=cast.at_desk("federica"))


def signed(version: CallVersion, **values: Any) -> Batch:  # noqa: ANN401 -- as make_batch
    """Let Paola sign it."""
    return benefits.sign_batch(closed(version, **values).pk, by=cast.at_desk("paola"))


def sent(version: CallVersion, **values: Any) -> Batch:  # noqa: ANN401 -- as make_batch
    """Let it leave."""
    return benefits.send_batch(signed(version, **values).pk, by=cast.at_desk("federica"))


def answer(batch: Batch, *rows: str) -> OutcomeFile:
    """Take in an answer: «{0};pagato;;2026-03-16» with the references of the batch's lines in their order."""
    return benefits.take_in_outcomes(batch.pk, csv_of(batch, *rows), by=cast.at_desk("federica"))


def csv_of(batch: Batch, *rows: str) -> bytes:
    """Return an answer as the bank's page exports it."""
    references = list(batch.rows.order_by("pk").values_list("reference", flat=True))
    return "\n".join(["riferimento;esito;codice;data;importo", *(row.format(*references) for row in rows)]).encode()


def another_in_the_office(key: str = "tommaso") -> Actor:
    """Hire one more of the programme office, who may sign."""
    agencies.hire(
        cast.agency(),
        by=cast.SYSTEM,
        email=f"{key}@example.invalid",
        given_name=key.title(),
        family_name="Neri",
        role=Role.PROGRAMME,
    )
    return cast.at_desk(key)
