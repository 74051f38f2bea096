"""A body lends a network its counts: asked by who keeps the network, lent and taken back by the lender's own lead."""

from __future__ import annotations

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.network import access
from cortile.network.actions.steps import check
from cortile.network.models import Lending


@action("network.counts_asked")
def ask_counts(network_id: int, lender: Agency, *, by: Actor, once: str = "") -> Lending:
    """Ask a body for the counts of its quarters in a network. Asking twice gives the first asking.

    Raise ``not-allowed``, ``NotVisible``, ``body-own``, ``body-outside``.
    """
    access.require(by)
    network = access.the(access.networks(by), network_id, held=True)
    check(lender.pk != network.agency_id, "body-own")
    places = list(network.areas.filter(neighbourhood__agency=lender).values_list("neighbourhood__name", flat=True))
    check(places, "body-outside")
    row = network.lendings.filter(lender=lender).exclude(state="ended").first()
    if row is None:
        row = Lending.objects.create(
            agency_id=network.agency_id, lender=lender, network=network, title=network.name, places=", ".join(places),
            asked_at=clock.now(),
        )  # fmt: skip
    done("C", row, fields=["lender"])
    return row


@action("network.counts_lent")
def lend_counts(lending_id: int, *, by: Actor, once: str = "") -> Lending:
    """Lend a network the counts of one's own quarters, small cells hidden.

    Raise ``not-allowed``, ``NotVisible``, ``not-in-this-state``.
    """
    row = _mine(lending_id, by)
    check(row.state == "asked", "not-in-this-state")
    row.state, row.lent_at, row.by_name = "lent", clock.now(), by.name
    row.save(update_fields=["state", "lent_at", "by_name"])
    done("U", row, fields=["state"])
    return row


@action("network.lending_ended")
def end_lending(lending_id: int, *, by: Actor, once: str = "") -> Lending:
    """Say no, or lend no more: from the next page on the counts are gone. Agendas already prepared keep theirs.

    Raise ``not-allowed``, ``NotVisible``, ``not-in-this-state``.
    """
    row = _mine(lending_id, by)
    check(row.state != "ended", "not-in-this-state")
    row.state, row.ended_at, row.by_name = "ended", clock.now(), by.name
    row.save(update_fields=["state", "ended_at", "by_name"])
    done("U", row, fields=["state"])
    return row


def _mine(lending_id: int, by: Actor) -> Lending:
    access.require(by, "lend counts")
    return access.the(access.lendings_of(by), lending_id, held=True)
