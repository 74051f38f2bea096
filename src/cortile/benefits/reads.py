"""Named questions about calls."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Prefetch

from cortile.benefits import access
from cortile.benefits.models import Call, CallVersion
from cortile.benefits.rules import deciding, sentences
from cortile.benefits.rules.deciding import Decision, Facts
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


class Found(NamedTuple):
    """What a rule makes of some answers, and the version it was asked of."""

    version: CallVersion
    decision: Decision
    figures: dict[str, int]


def published(agency_id: int) -> list[CallVersion]:
    """Return the published versions of a body's calls, the newest of each: anybody may read them."""
    rows = CallVersion.objects.filter(call__agency_id=agency_id, published_at__isnull=False)
    return list(rows.select_related("call").order_by("call_id", "-number").distinct("call_id"))


def open_now(agency_id: int) -> list[CallVersion]:
    """Return the calls one may apply to at this moment."""
    return [version for version in published(agency_id) if version.terms.opens_at <= clock.now() < version.terms.closes_at]


def tried(agency_id: int, facts: Facts) -> list[Found]:
    """Try some answers on every call that is open now. Nothing is kept, and nobody is known."""
    return [_tried(version, facts) for version in open_now(agency_id)]


def _tried(version: CallVersion, facts: Facts) -> Found:
    figures = deciding.figures_on(version.rule, clock.today())
    return Found(version, deciding.Judge(version.rule, figures).decide(facts), figures)


def calls(*, by: Actor) -> list[Call]:
    """Return the calls of a body with all their versions, the newest first."""
    versions = CallVersion.objects.select_related("proposed_by", "published_by", "drafted_by")
    return list(access.calls_visible_to(by).select_related("agency").prefetch_related(Prefetch("versions", versions)))


def one_version(version_id: int, *, by: Actor) -> CallVersion:
    """Return one version of a call. Raise ``NotVisible`` for one the actor may not see."""
    rows = CallVersion.objects.select_related("call__agency", "drafted_by", "proposed_by", "published_by")
    found = rows.filter(pk=version_id, call__in=access.calls_visible_to(by)).first()
    if found is None:
        raise NotVisible
    return found


def said(version: CallVersion) -> list[str]:
    """Say a version's rule in plain sentences, with the figures in force when it opens."""
    day = clock.local(version.terms.opens_at).date()
    return sentences.whole(version.rule, deciding.figures_on(version.rule, day))
