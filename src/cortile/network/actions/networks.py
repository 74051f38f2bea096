"""Writes about networks: opened on a perimeter, and who enters and leaves them."""

from __future__ import annotations

from collections.abc import Iterable

from cortile.agencies.models import Agency
from cortile.directory import actions as directory
from cortile.directory.models import Organization
from cortile.homes.models import Neighbourhood
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.kit.anonymous import FIRM, PROPER
from cortile.kit.refusals import NotVisible
from cortile.network import access
from cortile.network.actions.steps import check, said
from cortile.network.models import Area, Member, Network
from cortile.network.states import TARGETS


@action("network.opened")
def open_network(
    body: Agency,
    *,
    by: Actor,
    name: str,
    neighbourhoods: Iterable[int],
    targets: Iterable[str] = (),
    others: str = "",
    once: str = "",
) -> Network:
    """Open a network on some quarters, of any body.

    Raise ``not-allowed``, ``name-missing``, ``areas-missing``, ``targets-unknown`` or ``somebody-named``.

    A quarter of another body enters by its name only: its counts come in when that body lends them (``lend_counts``).
    """
    access.require(by)
    check(by.kind == Kind.SYSTEM or by.agency_id == body.pk, "not-allowed")
    called = said(name, of=None, missing="name-missing", apart=PROPER)
    rest = said(others, of=None, apart=PROPER) if others.strip() else ""
    wanted, quarters = set(targets), list(Neighbourhood.objects.filter(pk__in=set(neighbourhoods)))
    check(quarters, "areas-missing")
    check(wanted <= set(TARGETS), "targets-unknown")
    network = Network.objects.create(
        agency=body, name=called, targets=[t for t in TARGETS if t in wanted], others=rest, since=clock.today()
    )
    Area.objects.bulk_create([Area(agency_id=body.pk, network=network, neighbourhood=q) for q in quarters])
    done("C", network, fields=["name", "areas", "targets"], of=body.pk)
    return network


@action("network.member_added")
def add_member(
    network: Network, organization: Organization | str, *, by: Actor, kind: str, role: str = "", email: str = "", phone: str = "",
    once: str = "",
) -> Member:  # fmt: skip
    """Let an organisation into a network, with its referent's role and the office's own mail and telephone.

    One that is new comes by its name, and is written in the directory of the network's body with it. Raise ``not-allowed``,
    ``NotVisible``, ``kind-missing``, ``name-missing``, ``member-already``, or ``somebody-named`` when the role or the kind is a
    person's name, or a new organisation's name holds somebody's number: a referent is an office, and who sits in it changes.
    """
    found = _network(network, by)
    what = said(kind, of=found, missing="kind-missing", apart=PROPER)
    role = said(role, of=found) if role.strip() else ""
    if isinstance(organization, str):
        called = said(organization, of=found, missing="name-missing", apart=FIRM)
        organization = directory.save_organization(found.agency, by=by, name=called, kind=what)
    check(not found.members.filter(organization=organization, until=None).exists(), "member-already")
    row = Member.objects.create(
        agency_id=found.agency_id, network=found, organization=organization, kind=what,
        role=role, email=email.strip(), phone=phone.strip(), since=clock.today(),
    )  # fmt: skip
    done("C", row, fields=["organization", "role", "email", "phone"], of=found.agency_id)
    return row


@action("network.member_left")
def end_member(member_id: int, *, by: Actor, reason: str, once: str = "") -> Member:
    """Let an organisation out: its past decisions stay.

    Raise ``not-allowed``, ``NotVisible``, ``not-in-this-state``, ``words-missing`` or ``somebody-named``.
    """
    access.require(by)
    row = access.the(access.members(by), member_id, held=True)
    check(row.until is None, "not-in-this-state")
    why = said(reason, of=row.network)
    row.until = clock.today()
    row.save(update_fields=["until"])
    done("U", row, fields=["until"], reason=why)
    return row


def _network(network: Network, by: Actor) -> Network:
    """Return a network to write in, its row held. A job of the house writes in every body's."""
    access.require(by)
    rows = Network.objects.all() if by.kind == Kind.SYSTEM and by.agency_id is None else access.networks(by)
    found = rows.select_for_update().filter(pk=network.pk).first()
    if found is None:
        raise NotVisible
    return found
