"""Filter against model, and the wall against both, for everybody who may act in a world of chance rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cortile.accounts.models import Account
from cortile.agencies import policy
from cortile.agencies.models import Staff
from cortile.agenda.models import Appointment, CallBack
from cortile.benefits.models import Application, Invitation, SiussFlow
from cortile.homes.access import at_work
from cortile.kit import wall
from cortile.kit.actor import PUBLIC, Actor, Kind, acting, system
from cortile.listening import access as listening
from cortile.listening.models import Contact, HandOver, HandOverLink, Thread
from cortile.messages.models import IncomingSms, Message, Notice
from cortile.people import access as people
from cortile.people.models import Delegation, Person, Representative, SharedCopy, Tenancy
from cortile.referrals import access as referrals
from cortile.referrals.models import Consent, PartnerLink, Referral
from tests.agencies import model
from tests.agencies.model import Who
from tests.agencies.rows import World

TABLES: dict[str, Any] = {
    "person": Person, "copy": SharedCopy, "thread": Thread, "delicate": Thread, "hand_over": HandOver, "contact": Contact,
    "appointment": Appointment, "call_back": CallBack, "message": Message, "incoming_sms": IncomingSms, "notice": Notice,
    "account": Account, "contribution": Application, "standing": Tenancy, "flow": SiussFlow, "invitation": Invitation,
    "referral": Referral, "consent": Consent,
}  # fmt: skip
WALLED = {thing: table for thing, table in TABLES.items() if table._meta.db_table in wall.WALLED}
# Each way in, and the step of the ladder it gives: who came in, in turn, came in by one of these.
WAYS = (("paper", 1), ("sms", 1), ("spid", 2), ("paper", 2), ("voice", 1), ("cie", 2), ("sms", 2))
Pair = tuple[Actor | None, Who]


@dataclass
class Found:
    """What a run compared, and each difference in words."""

    cases: int
    wrong: list[str]


def everybody(world: World) -> Iterator[Pair]:
    """Yield each actor of the world as the house makes them, beside the same one in plain rows."""
    for staff in world.of[Staff].values():
        yield at_work(staff), model.member(world, staff)
        for purpose in (policy.CONTRIBUTIONS, policy.NON_TAKE_UP):
            yield replace(at_work(staff), purpose=purpose), replace(model.member(world, staff), purpose=purpose)
    for n, person in enumerate(list(world.of[Person].values())[:60]):
        who = Who("tenant", world, person.pk, person.agency_id, person=person.pk)
        yield _came(n, _signed("tenant", person), who if person.state == "active" else _ended(who))
    for kind in (Delegation, Representative):
        for n, mandate in enumerate(world.of[kind].values()):
            yield _came(n, _signed(kind.__name__.lower().replace("delegation", "delegate"), mandate), _helper(world, mandate))
    for link in world.of[HandOverLink].values():
        yield _by_link(world, link), _linked(world, link)
    for sent in world.of[PartnerLink].values():
        yield referrals.partner_actor({"agency": sent.agency_id, "id": sent.referral_id, "of": "referral"}), _served(world, sent)
    yield from ((actor, Who(str(actor.kind), world, agency=actor.agency_id, scopes=actor.scopes)) for actor in _strangers(world))


def _signed(kind: str, row: Any) -> Actor | None:  # noqa: ANN401
    return people.tenant_actor({"kind": kind, "id": row.pk, "agency": row.agency_id})


def _came(turn: int, actor: Actor | None, who: Who) -> Pair:
    came_by, step = WAYS[turn % len(WAYS)]
    said = replace(who, by_phone=came_by in {"sms", "voice"}, known=step == 2)
    return actor and replace(actor, came_by=came_by, step=step), said


def _ended(who: Who) -> Who:
    return replace(who, holder="nobody")


def _helper(world: World, mandate: Any) -> Who:  # noqa: ANN401
    who = Who(
        "delegate" if isinstance(mandate, Delegation) else "representative", world, mandate.pk, mandate.agency_id,
        person=mandate.person_id, scopes=frozenset(mandate.scopes),
    )  # fmt: skip
    alive = mandate.since <= world.today <= mandate.until and mandate.person.state == "active"
    return who if alive and getattr(mandate, "withdrawn_at", None) is None else _ended(who)


def _by_link(world: World, link: HandOverLink) -> Actor | None:
    return listening.link_actor({"agency": link.agency_id, "id": link.hand_over_id})


def _linked(world: World, link: HandOverLink) -> Who:
    asked = link.hand_over
    who = Who("link", world, asked.pk, link.agency_id, asked.office_id, questions=frozenset({asked.pk}))
    living = link.expires_at > world.now and asked.state != "withdrawn" and not asked.thread.delicate
    return who if living else _ended(who)


def _served(world: World, link: PartnerLink) -> Who:
    """Return who came in by a link that lives; what it opens is the model's to say, and so is whether that is nothing."""
    who = Who("partner", world, link.referral_id, link.agency_id)
    return who if link.expires_at > world.now else _ended(who)


def _strangers(world: World) -> Iterator[Actor]:
    body = next(iter(world.of[Staff].values())).agency_id
    yield from (PUBLIC, system("prova"), system("prova", agency_id=body), Actor(kind=Kind.MACHINE, name="m", agency_id=body))
    yield Actor(kind=Kind.MACHINE, name="INPS", agency_id=body, scopes=frozenset({"inps"}))
    yield from (
        Actor(kind=Kind.STAFF, name="x", role=role, agency_id=body, id=1) for role in ("anti_violence", "partner", "tenant")
    )


def compared(world: World, pairs: list[Pair], things: dict[str, Any] | None = None) -> Found:
    """Compare the filter with the model, row by row."""
    found = Found(0, [])
    for actor, who in pairs:
        for thing, table in (things or TABLES).items():
            rows = world.of[table]
            seen = _filtered(actor, thing, table)
            found.cases += len(rows)
            found.wrong += [_said(who, thing, pk) for pk, row in rows.items() if model.sees(who, thing, row) != (pk in seen)]
    return found


def _filtered(actor: Actor | None, thing: str, table: Any) -> set[int]:  # noqa: ANN401
    if actor is None:
        return set()
    return set(table.objects.filter(policy.allows(actor, thing, "see")).values_list("pk", flat=True))


def met(pairs: list[Pair]) -> set[tuple[str, str, str]]:
    """Return the lines that let somebody see at least one row of the world: a line never met is a line never tried."""
    seen = set()
    for actor, who in pairs:
        for rule in (r for thing in TABLES for r in policy.rules_for(actor, thing, "see")) if actor else ():
            query = policy._relations[rule.thing, rule.relation](actor)  # noqa: SLF001 -- one line alone
            if (line := (rule.thing, who.holder, rule.relation)) not in seen and TABLES[rule.thing].objects.filter(query).exists():
                seen.add(line)
    return seen


def walled(world: World, pairs: list[Pair]) -> Found:
    """Compare what the wall alone shows with what the filter grants: never less, never another body's, never an unheld lane."""
    found = Found(0, [])
    for actor, who in pairs:
        if actor is None:
            continue
        for thing, table in WALLED.items():
            with acting(actor):
                shown = set(table.objects.values_list("pk", flat=True))
            granted = _filtered(actor, thing, table)
            found.cases += len(world.of[table])
            found.wrong += [_said(who, f"{thing} hidden", pk) for pk in granted & set(world.of[table]) - shown]
            found.wrong += [_said(who, f"{thing} shown", pk) for pk in shown if not _may_show(actor, table, world, pk)]
    return found


def _may_show(actor: Actor, table: Any, world: World, pk: int) -> bool:  # noqa: ANN401
    row = world.of[table].get(pk) or table.objects.get(pk=pk)
    if actor.kind == Kind.SYSTEM:
        return actor.agency_id in {None, row.agency_id, getattr(row, "source_agency_id", None)}
    bodies = {row.agency_id, getattr(row, "source_agency_id", row.agency_id)}
    return actor.agency_id in bodies and wall.WALLED[table._meta.db_table] in policy.lanes_of(actor)


def _said(who: Who, thing: str, pk: int) -> str:
    return f"{who.holder}:{who.id} {thing} {pk}"
