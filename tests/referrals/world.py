"""Invented services and referrals, written through the acts of the rooms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from cortile.directory import actions as directory
from cortile.directory.models import Agreement, Service
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.referrals import access, actions
from cortile.referrals.bases import PublicTask, UrgentDuty, Yes
from cortile.referrals.models import Referral
from tests import cast
from tests.directory import cards

SAID = "Possiamo dire a Doposcuola il tuo nome e il tuo telefono, per i compiti?"
YES = Yes(SAID)
NOTICE = PublicTask("Le ho detto che scriviamo al servizio sociale.")
FIELDS = ("name", "phone", "language", "need")
NEED = "Compiti, tre pomeriggi"


def service(name: str = "Doposcuola", *, email: str = "doposcuola@example.invalid", **details: Any) -> Service:  # noqa: ANN401
    """Return a published card whose keeper answers by mail."""
    firm = cards.organization(name=f"Associazione {name}", email=email)
    return cards.published(name, of=firm, email=email, **details)


def agreed(row: Service, *fields: str, days: int = 30) -> Agreement:
    """Sign an agreement with who offers a service."""
    return directory.sign_agreement(
        row.organization_id, by=cast.machine(), title="Accordo", fields=fields or FIELDS, starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def send(thread: Thread, to: Service, by: str = "marta", **asked: Any) -> Referral:  # noqa: ANN401 -- the act's own arguments
    """Send a person to a service, with her yes unless something else is said."""
    said: dict[str, Any] = {"need": NEED, "fields": FIELDS, "basis": YES}
    return actions.send(thread, to, by=cast.at_desk(by), **(said | asked))


def urgent(who: str = "paola") -> UrgentDuty:
    """Return an urgent duty decided by somebody."""
    return UrgentDuty(cast.staff(who), "Non ha da mangiare per i bambini")


def partner(sent: Referral) -> Actor | None:
    """Return who came in by the link of a referral, as the next request would find them; None once nothing is given."""
    return access.partner_actor(access.session_of(sent))


def them(sent: Referral) -> Actor:
    """Return who came in by the link of a referral."""
    found = partner(sent)
    assert found is not None
    return found


def fresh(sent: Referral) -> Referral:
    """Return the row of a referral as it is now."""
    return Referral.objects.select_related("thread", "person", "service__organization", "agency", "consent").get(pk=sent.pk)


def token_of(sent: Referral) -> str:
    """Return the token of the last link mailed about a referral."""
    mails = Delivery.objects.filter(to=sent.sent_to, text__contains="/servizio/l/", text__regex=rf"\m{sent.number}\M")
    found = re.search(r"/servizio/l/([^/\s]+)/", mails.latest("pk").text)
    assert found
    return found.group(1)


def mails() -> list[tuple[str, str]]:
    """Return what left by mail: to whom, about what."""
    return list(Delivery.objects.filter(channel="email").order_by("pk").values_list("to", "subject"))


@contextmanager
def on(day: date) -> Iterator[None]:
    """Stand on another day, at ten."""
    with clock.frozen(clock.at(day, time(10))):
        yield


def watch(day: date | datetime) -> dict[str, int]:
    """Let the morning of a day pass."""
    with on(day if not isinstance(day, datetime) else day.date()):
        return actions.keep_watch(cast.agency(), by=cast.machine())
