"""Networks and tables for the tests, made through the acts of the room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.network import actions
from cortile.network.models import Meeting, Member, Network, NetworkDecision
from tests import cast
from tests.directory import cards

DECIDED = "Manca il doposcuola fino a maggio: chiedere due pomeriggi in più"
POINT = "Doposcuola: a chi tocca"


def network(who: str = "paola", *, name: str = "QuBì San Siro", **details: Any) -> Network:  # noqa: ANN401 -- the act's own arguments
    """Open a network on San Siro, of the body of whoever keeps it."""
    quarter, by = cast.space().neighbourhood, cast.at_desk(who)
    told: dict[str, Any] = {"neighbourhoods": [quarter.pk], "targets": ["families", "children"], **details}  # type: ignore[union-attr]  # the Spazio has one
    return actions.open_network(cast.staff(who).agency, by=by, name=name, **told)


def member(of: Network, who: str = "paola", *, name: str = "Associazione Il Cortile", **details: Any) -> Member:  # noqa: ANN401 -- as above
    """Let an organisation into a network."""
    told = {
        "kind": "associazione di volontariato",
        "role": "coordinatrice del doposcuola",
        "email": "info@example.invalid",
        **details,
    }
    return actions.add_member(of, cards.organization(of.agency, name=name), by=cast.at_desk(who), **told)


def planned(of: Network, who: str = "paola", **details: Any) -> Meeting:  # noqa: ANN401 -- as above
    """Call a table for today, with one point somebody wrote."""
    told: dict[str, Any] = {"kind": "network", "day": clock.today(), "place": "Biblioteca", "items": {}, "free": [POINT], **details}
    return actions.prepare_meeting(of.pk, by=cast.at_desk(who), **told)


def held(of: Network, who: str = "paola", present: tuple[Member, ...] = ()) -> Meeting:
    """Call a table and hold it."""
    return actions.hold_meeting(planned(of, who).pk, by=cast.at_desk(who), present=[m.pk for m in present])


def decided(at: Meeting, *, by: Actor | None = None, days: int = 30, **details: Any) -> NetworkDecision:  # noqa: ANN401 -- as above
    """Decide something, by a day to come, with Paola as its owner unless another is given."""
    told: dict[str, Any] = {"words": DECIDED, "due": clock.today() + timedelta(days=days), **details}
    told.setdefault("staff", None if "member" in told else cast.staff("paola").pk)
    return actions.decide(at.pk, by=by or cast.at_desk("paola"), **told)


def addressed() -> dict[str, object]:
    """Return what the addresses of a network and a held table name, by the names of ``tests/house/permissions.txt``."""
    net = network()
    seat = member(net)
    table = held(net, present=(seat,))
    decided(table, member=seat.pk)
    return {"network": net.pk, "meeting": table.pk}
