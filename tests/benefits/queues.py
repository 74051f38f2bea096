"""What the examination does to a line, said in one word each: taken back, decided, worth less than it asked."""

from __future__ import annotations

from cortile.benefits.actions import lines, steps
from cortile.benefits.models import Application, Decision, Entry, Envelope, Posting
from cortile.kit import clock, scopes
from tests import cast

# Half of what is due, up to 600 euros: these are owed 400, 300 and 200 euros.
DUE = {"adele": 800_00, "samira": 600_00, "gianni": 400_00}


def balances(envelope: Envelope) -> dict[str, int]:
    """Return what stands on each account, in cents."""
    return dict(envelope.balances.values_list("account", "cents"))


def kept(envelope: Envelope) -> dict[str, int]:
    """Return what is kept aside for each of the cast, in cents."""
    sides = Posting.objects.filter(entry__envelope=envelope, account="reserved", entry__application__isnull=False)
    found: dict[str, int] = {}
    for code, cents in sides.values_list("entry__application__applicant__code", "cents"):
        found[code] = found.get(code, 0) + cents
    return {code: cents for code, cents in found.items() if cents}


def withdrawn(application: Application) -> None:
    """Take an application back, as its act does."""
    with scopes.opened(scopes.EVERYTHING):
        lines.give_back(application, by=cast.at_desk("federica"), reason="ritirata")
        steps.move(application, "withdrawn")


def decided(application: Application, cents: int) -> int:
    """Grant an application so many cents, as its two signatures do, and return what reaches it."""
    with scopes.opened(scopes.EVERYTHING):
        decision = Decision.objects.create(
            agency_id=application.agency_id, application=application, number=application.decisions.count() + 1,
            version=application.version, figures={}, facts={}, outcome="granted", award_cents=cents, proposed_at=clock.now(),
            proposed_by=cast.staff("federica"), decided_by=cast.staff("paola"), decided_at=clock.now(),
        )  # fmt: skip
        reached = lines.settle(application, decision, by=cast.at_desk("paola"))
        steps.move(application, "decided", "granted" if reached == cents else "partly" if reached else "waiting")
    return reached


def revoked(application: Application) -> None:
    """Revoke what was granted, as its act does."""
    with scopes.opened(scopes.EVERYTHING):
        lines.give_back(application, by=cast.at_desk("paola"), reason="revocata")
        steps.move(application, "decided", "revoked")


def entries(envelope: Envelope) -> list[str]:
    """Return the movements of an envelope, in order."""
    return list(Entry.objects.filter(envelope=envelope).values_list("move", flat=True))
