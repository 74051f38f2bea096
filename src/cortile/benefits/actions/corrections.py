"""What was decided, changed by two people again: a contribution taken back, or sums worked out anew over many decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cortile.benefits import access, tracing
from cortile.benefits.actions.papers import started
from cortile.benefits.actions.proposals import freeze, readable
from cortile.benefits.actions.steps import check, staff_id, step
from cortile.benefits.judging import Told
from cortile.benefits.models import Application, Call, CallVersion, Decision
from cortile.benefits.reevaluating import Difference, re_evaluate
from cortile.benefits.rules.deciding import FactError
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor


@action("application.revoked")
def revoke(application_id: int, *, by: Actor, reason: str, once: str = "") -> Decision:
    """Propose to take a contribution back, with the reason she reads; somebody else signs it with ``decide``.

    Raise ``NotVisible``, or ``Refused`` with ``wrong-moment``, ``reason-missing``, ``helped-it`` or ``texts-not-plain``.
    """
    row = started("revoke", application_id, by, "examine")
    check(reason.strip(), "reason-missing")
    check(row.helped_by_id is None or row.helped_by_id != staff_id(by), "helped-it")
    readable(reason)
    last = Decision.objects.filter(application=row, decided_at__isnull=False).latest("number")
    made = freeze(row, tracing.of_decision(last), by, kind="revocation", outcome="revoked", grounds=reason, version=last.version)
    step(row, "proposed", by, reason.strip(), outcome="revoked")
    done("C", made, persons=[row.applicant_id], fields=["contribution"], reason=reason)
    return made


@action("decisions.corrected")
def correct_decisions(
    decision_ids: Sequence[int], *, by: Actor, reason: str, version: CallVersion | None = None, once: str = ""
) -> Call:
    """Propose to correct the decisions that change, under corrected data or another published version of their call.

    Each becomes a proposal somebody else signs with ``decide``: above nought more money is committed, below it is freed or
    asked back. Those that do not change, or that a person must look at, stay as they are. Raise ``NotVisible``, or
    ``Refused`` with ``reason-missing``, ``texts-not-plain``, ``helped-it``, ``datum-impossible`` or ``nothing-changes``.
    """
    check(reason.strip(), "reason-missing")
    readable(reason)
    found = _of(decision_ids, by)
    check(_fits(version, found), "nothing-changes")
    changed = [d for d in differences(found, version) if d.cents and d.settled]
    check(changed, "nothing-changes")
    rows = [_propose(one, by, reason, version) for one in changed]
    done("C", rows[0].call, persons=[row.applicant_id for row in rows], fields=["contribution"], reason=reason)
    return rows[0].call


def differences(found: Sequence[Decision], version: CallVersion | None) -> list[Difference]:
    """Work some decisions out again on their newest data, or by another version. Raise ``Refused('datum-impossible')``."""
    try:
        return re_evaluate(found, facts=_corrected(found), version=version)
    except FactError:
        check(condition=False, code="datum-impossible")
        raise


def _fits(version: CallVersion | None, found: Sequence[Decision]) -> bool:
    """Tell whether a text is in force, and is of the call of all these decisions."""
    if version is None:
        return True
    return version.published_at is not None and {d.application.call_id for d in found} == {version.call_id}


def _corrected(found: Sequence[Decision]) -> Mapping[int, Mapping[str, Told]]:
    return tracing.told(decision.application_id for decision in found)


def _of(decision_ids: Sequence[int], by: Actor) -> list[Decision]:
    mine = access.applications_visible_to(by, "examine").filter(state="decided")
    rows = Decision.objects.filter(pk__in=list(decision_ids), application_id__in=mine.values("pk"), decided_at__isnull=False)
    found = list(rows.select_related("application__version", "application__call", "version").order_by("pk"))
    check(found, "nothing-changes")
    return found


def _propose(one: Difference, by: Actor, reason: str, version: CallVersion | None) -> Application:
    row = started("correct", one.decision.application_id, by, "examine")
    check(row.helped_by_id is None or row.helped_by_id != staff_id(by), "helped-it")
    last = Decision.objects.filter(application=row, decided_at__isnull=False).latest("number")
    check(last.pk == one.decision.pk, "wrong-moment")
    outcome = "granted" if one.after else "refused"
    freeze(row, one.judged, by, kind="correction", outcome=outcome, grounds=reason, version=version or one.decision.version)
    step(row, "proposed", by, reason.strip(), outcome=outcome, difference=one.cents)
    return row
