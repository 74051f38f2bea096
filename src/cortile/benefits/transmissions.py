"""Named questions about what is told to INPS's SIUSS: what stands, what waits for somebody, what INPS pulls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from cortile.benefits import access
from cortile.benefits.models import SiussFlow, SiussOutcome, SiussSettings
from cortile.benefits.siuss import checks, codes
from cortile.benefits.siuss.outcomes import EPOCH, Summary
from cortile.benefits.siuss.records import Body
from cortile.benefits.stages import FLOWS_TO_MEND
from cortile.kit import audit, clock, wall
from cortile.kit.refusals import NotVisible

if TYPE_CHECKING:
    from cortile.kit.actor import Actor

# What a pull leaves in the audit, once for each flow handed out.
TAKEN = "siuss.taken"
GONE = ("replaced", "dropped")
# A flow INPS has, or may have; and one that holds the place of a payment until it is mended.
STANDING = ("ready", "pulled", "accepted", "rejected", "blocked")
# What INPS is given: never again what it refused, or what another flow stands for.
PULLABLE = ("ready", "pulled", "accepted")
SHOWN = 100
LATEST = datetime.max.replace(tzinfo=EPOCH.tzinfo)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the office sees of a body: how many in each state, what to mend, the others, how many late, strange answers."""

    counts: dict[str, int]
    to_mend: list[SiussFlow]
    others: list[SiussFlow]
    strays: list[SiussOutcome]
    late: int
    settings: SiussSettings | None


def standing_flows() -> QuerySet[SiussFlow]:
    """Return the flows that say a payment and that nothing takes back."""
    return SiussFlow.objects.filter(operation="I", state__in=STANDING).exclude(pk__in=_taken_back())


def to_mend(rows: QuerySet[SiussFlow]) -> QuerySet[SiussFlow]:
    """Return those of some flows that wait for somebody: stopped by us or refused by INPS, unless the money came back meanwhile."""
    waiting = rows.filter(state__in=FLOWS_TO_MEND).exclude(pk__in=_taken_back())
    # What takes back a flow that INPS has refused has nothing to take back.
    return waiting.exclude(cancels__state__in=("rejected", *GONE))


def desk(*, by: Actor) -> Desk:
    """Return what the office sees, the oldest to mend first. The names read are left in the audit."""
    rows = access.flows_visible_to(by).select_related("person", "application__thread")
    work = list(to_mend(rows).order_by("due", "pk"))
    others = list(rows.exclude(pk__in=[flow.pk for flow in work]).exclude(state__in=GONE)[:SHOWN])
    counts = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("pk"))}
    late = rows.filter(state__in=("ready", *FLOWS_TO_MEND), due__lt=clock.today()).exclude(pk__in=_taken_back()).count()
    for kept_apart in (False, True):
        listed = [flow.person_id for flow in (*work, *others) if access.is_kept_apart(flow) == kept_apart]
        audit.seen("siuss.listed", by=by, persons=listed, sealed=kept_apart)
    strays = list(access.outcomes_visible_to(by).filter(flow=None)[:SHOWN])
    return Desk(counts | {"to_mend": len(work)}, work, others, strays, late, settings_of(by.agency_id or 0))


def waiting(*, by: Actor) -> int:
    """Return how many flows wait for the office: a number for whoever keeps her counts."""
    return to_mend(access.flows_visible_to(by)).count()


def one(flow_id: int, *, by: Actor) -> SiussFlow:
    """Return one flow with its answers. Raise ``NotVisible``."""
    rows = access.flows_visible_to(by).select_related("person", "application", "cancels", "replaces")
    found = rows.prefetch_related("outcomes").filter(pk=flow_id).first()
    if found is None:
        raise NotVisible
    audit.seen("siuss.read", by=by, persons=[found.person_id], thing=found)
    return found


def may_mend(flow: SiussFlow) -> bool:
    """Tell whether a flow waits for somebody to mend it."""
    return to_mend(SiussFlow.objects.filter(pk=flow.pk)).exists()


def settings_of(agency_id: int) -> SiussSettings | None:
    """Return who transmits for a body, or None while nobody wrote it."""
    return SiussSettings.objects.filter(agency_id=agency_id).first()


def transmits(agency_id: int) -> bool:
    """Tell whether a body wrote who transmits, and nothing in it would stop every flow."""
    kept = settings_of(agency_id)
    return kept is not None and not checks.body_problems(Body(kept.body_code, kept.body_name, kept.seat, kept.operator))


def benefits() -> list[tuple[str, str]]:
    """Return INPS's table of benefits: code and description."""
    return [(row.code, row.description) for row in codes.categories().values()]


# --- what INPS asks ---


def body_called(audience: str, client: str) -> int | None:
    """Return the body whose e-service a voucher is for, when it lets this client in; None otherwise."""
    agency_id = wall.asked("benefits_body_of_audience", audience) if audience and client else None
    if agency_id is None:
        return None
    with wall.within(agency_id, ()):
        kept = settings_of(agency_id)
    return agency_id if kept is not None and client in kept.clients else None


def pulled(*, since_ms: int, limit: int, by: Actor) -> list[Summary]:
    """Return the flows after an instant in milliseconds, oldest first: one query, and a trace of who was read.

    What was handed out is in the audit and nowhere else: asking twice is given the same twice.
    """
    rows = access.flows_visible_to(by).filter(state__in=PULLABLE, instant__gt=_moment(since_ms)).order_by("instant")
    page = list(rows[:limit])
    for flow in page:
        audit.seen("siuss.taken", by=by, persons=[flow.person_id], thing=flow)
    return [Summary(f.name or "", f.body_code, f.body_name, f.instant or EPOCH, f.content) for f in page]


def works() -> bool:
    """Tell whether the database answers."""
    return SiussSettings.objects.filter(pk=0).count() == 0


def due_on(paid_on: date, days: int) -> date:
    """Return the last day to tell INPS of a payment. The days are the body's, to be confirmed."""
    return paid_on + timedelta(days=days)


def _moment(since_ms: int) -> datetime:
    """Return an instant of ``UnixTimestamp``; one after the calendar's end is its end."""
    try:
        return EPOCH + timedelta(milliseconds=since_ms)
    except OverflowError:
        return LATEST


def _taken_back() -> QuerySet[SiussFlow]:
    return SiussFlow.objects.filter(cancels__isnull=False).exclude(state__in=GONE).values("cancels_id")  # type: ignore[return-value]  # ids only
