"""Named questions about money: what stands in each envelope, who is in line by number, and what became of a call's requests."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from cortile.benefits import access, words
from cortile.benefits.line import Line, Standing
from cortile.benefits.models import (
    Application,
    ApplicationDraft,
    Balance,
    Call,
    CallVersion,
    Decision,
    DrawnList,
    Entry,
    Envelope,
    Posting,
)
from cortile.benefits.rules.allocating import Strategy
from cortile.kit import audit
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.kit.small_cells import Hidden, Table, suppress
from cortile.kit.small_cells import Sum as Whole

SHOWN = 100
EXAMINED = ("proposed", "decided")
Cell = tuple[str, str]
Shown = int | Hidden


class Pot(NamedTuple):
    """An envelope with what stands on each account, in cents."""

    envelope: Envelope
    cents: Mapping[str, int]

    @property
    def allocated(self) -> int:
        """Return what was put in, in cents."""
        return -self.cents.get("funding", 0)

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """Return each account, its name and its cents: together they are what was put in."""
        return [(name, str(label), self.cents.get(name, 0)) for name, label in words.ACCOUNT_LABELS.items()]


class Queue(NamedTuple):
    """A piece of a line, by number only, with what the page may do about it."""

    rows: list[Standing]
    many: int
    drawn: DrawnList | None
    strategy: Strategy | None
    order: str
    may_draw: bool
    is_open: bool


class Step(NamedTuple):
    """A step of the way from a draft to a payment, with how many got there, or that it is not shown."""

    label: str
    many: Shown


def envelopes(*, by: Actor) -> list[Pot]:
    """Return the envelopes of a body with their balances: sums, and nobody's name."""
    rows = list(access.envelopes_visible_to(by).select_related("call", "agency"))
    found: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    for pk, account, cents in Balance.objects.filter(envelope__in=rows).values_list("envelope_id", "account", "cents"):
        found[pk][account] = cents
    return [Pot(row, found[row.pk]) for row in rows]


def envelope(envelope_id: int, *, by: Actor) -> Pot:
    """Return one envelope. Raise ``NotVisible`` for another body's, or where an actor sees no calls."""
    found = next((pot for pot in envelopes(by=by) if pot.envelope.pk == envelope_id), None)
    if found is None:
        raise NotVisible
    return found


def without_envelope(*, by: Actor) -> list[Call]:
    """Return the published calls of a body that have no envelope yet."""
    published = CallVersion.objects.filter(published_at__isnull=False).values("call_id")
    return list(access.calls_visible_to(by).filter(pk__in=published, envelope=None))


def entries(pot: Pot) -> list[Entry]:
    """Return the last movements of an envelope that was found, the newest first, each with its ``cents`` and its label."""
    cents = Posting.objects.filter(entry=OuterRef("pk"), cents__gt=0).values("entry").annotate(whole=Sum("cents")).values("whole")
    rows = Entry.objects.filter(envelope=pot.envelope).select_related("application").order_by("-pk")
    return list(rows.annotate(cents=Subquery(cents))[:SHOWN])


def queue(pot: Pot, *, by: Actor, first: int = 0) -> Queue | None:
    """Return a piece of the line before an envelope, by number only, or None where it is of no call that was published."""
    line = Line(pot.envelope)
    if pot.envelope.call_id is None or line.version is None or line.strategy is None:
        return None
    rows = line.rows(first, SHOWN)
    audit.seen("line.read", by=by, persons=[row.person_id for row in rows], fields=["number"], thing=pot.envelope)
    drawable = line.strategy != Strategy.FIRST_COME and line.drawn is None and not line.is_open
    return Queue(rows, line.asked(0).of, line.drawn, line.strategy, str(words.ORDERS[line.strategy]), drawable, line.is_open)


def drawn_list(pot: Pot) -> DrawnList | None:
    """Return the list in force of an envelope that was found, with its places, or None before it is drawn.

    Numbers and sums, and nobody's name (D.Lgs. 33/2013 art. 26 c. 4): it may be published as it is.
    """
    rows = DrawnList.objects.filter(call__envelope=pot.envelope, voided_at=None)
    return rows.prefetch_related("places").first()


def funnel(call_id: int, *, by: Actor) -> list[Step]:
    """Return how many of a call's requests got how far. What is so few that it would name somebody is not shown.

    Whoever may not read the body's calls finds nothing: raise ``NotVisible``.
    """
    counts = _counted(_seen(call_id, by), call_id)
    shown = suppress(Table(counts, _steps(), frozenset({("rest", name) for name in ("applied", "examined", "granted")})))
    return [Step(str(words.FUNNEL[name]), shown["step", name]) for name in words.FUNNEL]


def _seen(call_id: int, by: Actor) -> Call:
    found = access.calls_visible_to(by).filter(pk=call_id).first()
    if found is None:
        raise NotVisible
    return found


def _counted(call: Call, call_id: int) -> dict[Cell, int]:
    paid = Posting.objects.filter(entry__application__call=call, account="paid").values("entry__application")
    reached = paid.annotate(whole=Sum("cents")).filter(whole__gt=0).values("entry__application")
    granted = Q(state="decided", outcome__in=["granted", "partly"])
    found = Application.objects.filter(call_id=call_id).aggregate(
        applied=Count("pk"), examined=Count("pk", filter=Q(state__in=EXAMINED)), granted=Count("pk", filter=granted),
        paid=Count("pk", filter=granted & Q(pk__in=reached)),
    )  # fmt: skip
    drafts = ApplicationDraft.objects.filter(call_id=call_id).count()
    steps = {("step", name): int(count) for name, count in {"drafts": drafts, **found}.items()}
    names = list(found)
    return steps | {("rest", one): steps["step", one] - steps["step", other] for one, other in pairwise(names)}


def _steps() -> list[Whole[Cell]]:
    """Each step is those who went on and those who did not: the second are not shown, and are guarded too."""
    names = ("applied", "examined", "granted", "paid")
    return [Whole(("step", one), (("step", other), ("rest", one))) for one, other in pairwise(names)]


def reasons(call_id: int, *, by: Actor) -> list[Step]:
    """Return why a call's applications were refused, requirement by requirement; one may fail several. Small counts hidden.

    Raise ``NotVisible`` as for ``funnel``.
    """
    call = _seen(call_id, by)
    rows = Decision.objects.filter(application__call=call, decided_at__isnull=False, application__outcome="refused")
    last = rows.order_by("application_id", "-number").distinct("application_id").values("pk")
    masks = Decision.objects.filter(pk__in=last).values_list("version_id", "failed").annotate(many=Count("pk"))
    versions = {version.pk: version.rule for version in call.versions.all()}
    counted: dict[str, int] = {}
    refused = 0
    for version_id, failed, many in masks:
        refused += many
        for bit, requirement in enumerate(versions[version_id].requirements):
            if failed >> bit & 1:
                counted[requirement.label] = counted.get(requirement.label, 0) + many
    return _hidden(counted, refused)


def _hidden(counted: Mapping[str, int], refused: int) -> list[Step]:
    """Hide small counts, and those whose rest is small: everybody refused but three is three people told of."""
    cells: dict[Cell, int] = {("all", ""): refused}
    for label, many in counted.items():
        cells |= {("failed", label): many, ("rest", label): refused - many}
    sums = [Whole(("all", ""), (("failed", label), ("rest", label))) for label in counted]
    shown = suppress(Table(cells, sums, frozenset(("rest", label) for label in counted)))
    order = sorted(counted, key=lambda label: (-counted[label], label))
    return [Step(label, shown["failed", label]) for label in order]


def filled(step: Shown) -> str:
    """Say a count as it may be shown."""
    if isinstance(step, Hidden):
        return str(words.FEW if step.few else words.NOT_SHOWN)
    return str(step)
