"""The ISEE as the office checks it: its protocol number, or which side of the thresholds it stands, and nothing more."""

from __future__ import annotations

from cortile.benefits import isee
from cortile.benefits.actions import lines
from cortile.benefits.actions.papers import started
from cortile.benefits.actions.steps import refused, step
from cortile.benefits.models import Application, Datum
from cortile.benefits.rules.deciding import figures_on
from cortile.benefits.rules.nodes import Compare, Fact, Figure, Node, Order, Rule, parts
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor

SOURCE = "INPS, consultazione di soglia"


@action("application.protocol_recorded")
def record_protocol_number(application_id: int, *, by: Actor, protocol: str, once: str = "") -> Application:
    """Write the protocol number of the ISEE beside the value in use.

    Raise ``NotVisible``, or ``Refused`` with ``protocol-wrong`` or ``wrong-moment``.
    """
    application, number = started("correct_datum", application_id, by, "examine"), _number(protocol)
    last = Datum.objects.filter(application=application, name="isee").order_by("-pk").first()
    value, exact, source = (last.value, last.exact, last.source) if last else (None, True, "dichiarato")
    _write(application, value, by, number, exact=exact, source=source)
    step(application, "protocol", by, number)
    done("U", application, persons=[application.applicant_id], fields=["isee_protocol"])
    return application


@action("application.threshold_checked")
def record_threshold_check(
    application_id: int, *, by: Actor, below_ceiling: bool, above_floor: bool, protocol: str, discrepancies: bool, once: str = ""
) -> Application:  # fmt: skip
    """Write on which side of the rule's thresholds an ISEE stands, without its value (GDPR art. 5 c. 1 lett. c).

    INPS answers yes or no for a threshold, and whether the attestation has discrepancies (ConsultazioneSogliaIndicatore;
    DPCM 159/2013). Those refuse nobody: they ask for papers, and the step says so. The value written is the nearest to the
    threshold on its side: where the texts leave that very value open, an operator still decides.
    Raise ``NotVisible``, or ``Refused`` with ``protocol-wrong`` or ``wrong-moment``.
    """
    application, number = started("correct_datum", application_id, by, "examine"), _number(protocol)
    value = side(application.version.rule, below_ceiling=below_ceiling, above_floor=above_floor)
    _write(application, value, by, number, exact=False, source=SOURCE)
    text = "ISEE con difformità: servono documenti che provano quello che dichiara." if discrepancies else ""
    step(application, "protocol", by, text or number, protocol=number, discrepancies=discrepancies)
    done("U", application, persons=[application.applicant_id], fields=["isee_side"])
    return application


def side(rule: Rule, *, below_ceiling: bool, above_floor: bool) -> int | None:
    """Return the value that stands for a side of a rule's ISEE thresholds today, in cents; None where the rule has none."""
    figures = figures_on(rule, clock.today())
    found = [bound for one in rule.requirements for bound in _bounds(one.test, figures)]
    ceilings = [last for upper, last in found if upper]
    floors = [first for upper, first in found if not upper]
    if ceilings and not below_ceiling:
        return min(ceilings) + 1
    if floors and not above_floor:
        return max(0, max(floors) - 1)
    return min(ceilings) if ceilings else max(floors, default=None)


def _bounds(node: Node, figures: dict[str, int]) -> list[tuple[bool, int]]:
    """Return each bound on the ISEE: whether from above, and the last or first value it lets through."""
    if isinstance(node, Compare) and isinstance(node.left, Fact) and node.left.name == "isee" and isinstance(node.right, Figure):
        value, upper = figures[node.right.name], node.order in {Order.AT_MOST, Order.LESS_THAN}
        strict = node.order in {Order.LESS_THAN, Order.MORE_THAN}
        return [(upper, value - strict if upper else value + strict)]
    return [bound for part in parts(node) for bound in _bounds(part, figures)]


def _number(typed: str) -> str:
    try:
        return isee.protocol(typed)
    except ValueError as wrong:
        raise refused("protocol-wrong") from wrong


def _write(application: Application, value: int | None, by: Actor, number: str, *, exact: bool, source: str) -> None:
    Datum.objects.create(
        agency_id=application.agency_id, application=application, name="isee", value=value, exact=exact, source=source,
        evidence=number, as_of=clock.today(), said_by=by.name, at=clock.now(),
    )  # fmt: skip
    if application.state != "decided":
        lines.take_place(application, by=by)
