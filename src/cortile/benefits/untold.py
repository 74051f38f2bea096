"""What INPS was not told yet, and what it has taken since: the ledger and the audit beside the flows. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, Sum

from cortile.benefits import transmissions
from cortile.benefits.models import Decision, Entry, SiussFlow
from cortile.benefits.registers import GIVEN
from cortile.benefits.siuss.standing import Moved, Paid, standing
from cortile.kit import clock
from cortile.kit.models import AuditEvent

MOVES = ("pay", "return", "recover")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A payment INPS was not told of, or was told otherwise: the cents that stand now, nought when all came back."""

    decision: Decision
    paid: Paid
    cents: int
    standing: SiussFlow | None


def wrong(agency_id: int) -> list[Wrong]:
    """Return every payment of a body that INPS should be told of, told anew or told is gone. Of a refused application, none."""
    wanted = _paid(agency_id)
    flows = transmissions.standing_flows().filter(agency_id=agency_id).select_related("application", "decision")
    have = {Paid(f.application_id, f.decision_id, f.paid_on): f for f in flows}
    keys = [k for k in {**wanted, **have} if k not in have or have[k].amount_cents != wanted.get(k, 0)]
    about = granting(keys)
    return [Wrong(about[k.decision_id], k, wanted.get(k, 0), have.get(k)) for k in keys if k.decision_id in about]


def granting(paid: Iterable[Paid]) -> dict[int, Decision]:
    """Return the decisions that granted money, of applications that were not refused: of no other is anything ever said."""
    found = Decision.objects.filter(pk__in=[key.decision_id for key in paid], decided_at__isnull=False, outcome__in=GIVEN)
    found = found.exclude(application__outcome="refused").select_related(
        "application__applicant", "application__version", "application__tenancy__dwelling__stair__building"
    )
    return {decision.pk: decision for decision in found}


def newly_pulled(agency_id: int) -> list[tuple[SiussFlow, datetime]]:
    """Return the flows INPS has pulled and nobody marked yet, each with when it first did: a pull leaves its trace in the audit."""
    waiting = {flow.pk: flow for flow in SiussFlow.objects.filter(agency_id=agency_id, state="ready")}
    if not waiting:
        return []
    since = min(flow.created_at for flow in waiting.values())
    left = AuditEvent.objects.filter(agency_id=agency_id, what=transmissions.TAKEN, recorded__gte=since, thing_id__in=waiting)
    first = left.values("thing_id").annotate(at=Min("recorded")).values_list("thing_id", "at")
    return [(waiting[pk], at) for pk, at in first if pk is not None]


def _paid(agency_id: int) -> dict[Paid, int]:
    moved = Entry.objects.filter(agency_id=agency_id, move__in=MOVES, application__isnull=False, decision__isnull=False)
    sums = moved.annotate(cents=Sum("postings__cents", filter=Q(postings__account="paid"))).order_by("pk")
    listed = sums.values_list("application_id", "decision_id", "at", "cents")
    return standing(Moved(a or 0, d or 0, clock.local(at).date(), cents) for a, d, at, cents in listed)
