"""T6-A «Controllo veloce»: four questions without a name, and two ways on. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cortile.agencies import reads as agencies
from cortile.app.contributions.forms import Check
from cortile.app.policies import HELPED
from cortile.benefits import reads as benefits
from cortile.benefits.reads import Found
from cortile.benefits.rules import sentences
from cortile.benefits.rules.deciding import Decision, Outcome, State
from cortile.kit import actor as actors
from cortile.kit import languages
from cortile.kit.doors import opens
from cortile.people import reads as people

# What we can look up ourselves once we know who asks: nobody is sent to find it.
OURS = frozenset({"due", "solidarity_granted", "energy_granted", "cause_of_loss"})


@dataclass(frozen=True, slots=True)
class Rail:
    """What one call comes to: ``may`` apply, ``tell`` us more, ``talk`` to us, or ``no`` with its reasons."""

    kind: str
    title: str
    closes: object
    most: int
    reasons: tuple[Reason, ...] = ()
    call_id: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: the requirement, by how much, and how it is mended."""

    label: str
    short_by: str
    cure: str


@opens("public", methods="GET POST", sample="/casa/controllo/")
def check(request: HttpRequest) -> HttpResponse:
    """Ask four questions and say what one may ask for; who is told no by a call is led to the next."""
    body, form = _body(), Check(request.POST if request.method == "POST" else None)
    tried = benefits.tried(body, form.facts) if request.method == "POST" and form.is_valid() else None
    rails = None if tried is None else sorted((_rail(found) for found in tried), key=lambda rail: rail.kind == "no")
    shown = {
        "form": form,
        "rails": rails,
        "open": benefits.open_now(body),
        "announced": benefits.announced(body),
        "instalments": _needs_instalments(tried or ()),
    }
    return _said(request, shown, form.status, result=rails is not None)


def _said(request: HttpRequest, shown: Mapping[str, object], status: int, *, result: bool) -> HttpResponse:
    """Draw the page; what money somebody may have is said in Italian until somebody has read the translation."""
    asked = translation.get_language() or languages.SOURCE
    spoken = asked if languages.reviewed(asked) or not result else languages.SOURCE
    with translation.override(spoken):
        response = render(request, "app/contributions/check.html", {**shown, "held": spoken != asked}, status=status)
    response.headers["Content-Language"] = spoken
    return response


def _body() -> int:
    by = actors.current()
    if by.kind in HELPED:
        return int(people.myself(by=by).agency_id)
    front = agencies.front(settings.FRONT_AGENCY)
    return front.pk if front else 0


def _rail(found: Found) -> Rail:
    version, decision, figures = found
    kind = _kind(decision)
    most = figures.get("cap", 0)
    failed = (reason for reason in decision.reasons if reason.state == State.FAILED)
    reasons = tuple(
        Reason(sentences.label(r.requirement, version.rule, figures), sentences.short_by(r, version.rule), r.requirement.cure)
        for r in failed
    )
    return Rail(kind, version.terms.texts["title"], version.terms.closes_at, most, reasons, version.call_id)


def _kind(decision: Decision) -> str:
    """Return what a decision on four answers comes to. What we look up ourselves stands in nobody's way."""
    if decision.outcome == Outcome.NOT_ELIGIBLE:
        return "no"
    if not set(decision.missing) <= OURS:
        return "tell"
    return "talk" if any(reason.state == State.DOUBT for reason in decision.reasons) else "may"


def _needs_instalments(tried: Iterable[Found]) -> bool:
    """Tell whether a plan of instalments is a way on: some call is closed to who is behind with the rent, or has too much."""
    return any(
        reason.state == State.FAILED and reason.requirement.next_programme in {"instalment_plan", "current_isee"}
        for found in tried for reason in found.decision.reasons
    )  # fmt: skip
