"""Who may see and do what: one table, deny by default, compiled into the filter every read starts from.

The table names relations (``own area``, ``the person``…); each room registers the query for those it knows with
``relation``. An unresolved name stops the start (``unresolved``). Source: product §3.5; architecture §5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from cortile.agencies.roles import Role
from cortile.kit import wall
from cortile.kit.actor import Actor, Kind

ALL = frozenset({"*"})
CM, LEAD, DESK, OFFICE = Role.COMMUNITY_MANAGER, Role.LEAD, Role.DESK, Role.OFFICE


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: these holders, in this relation to a thing, may do this, and see these fields."""

    thing: str
    lane: str
    holders: frozenset[str]
    relation: str
    action: str
    fields: frozenset[str] = ALL
    purpose: str = "service"


def _rule(thing: str, lane: str, holders: Iterable[str], relation: str, actions: str, fields: str = "*") -> list[Rule]:
    names = frozenset(fields.split())
    return [Rule(thing, lane, frozenset(holders), relation, act, names) for act in actions.split()]


NAME_CARD = "name stair phone language"
WORK = "see note answer promise hand_over close reopen sheet mark"

TABLE: tuple[Rule, ...] = (
    # People: a community manager knows her area, a lead the body, a desk the card.
    *_rule("person", "social", [CM], "own area", "see edit contact sign_in_code"),
    *_rule("person", "social", [LEAD], "own agency", "see edit contact sign_in_code"),
    *_rule("person", "social", [DESK], "own agency", "see contact", NAME_CARD),
    *_rule("person", "social", [OFFICE], "handed over", "see", NAME_CARD),
    *_rule("person", "social", [Kind.TENANT], "the person", "see edit"),
    *_rule("person", "social", [Kind.DELEGATE], "delegate", "see", "name"),
    *_rule("person", "social", [Kind.REPRESENTATIVE], "representative", "see edit"),
    *_rule("person", "social", [Kind.SYSTEM], "own agency", "see edit contact"),
    # Requests: conversation is always per person; an office sees what was handed to it.
    *_rule("thread", "social", [CM], "own area", WORK),
    *_rule("thread", "social", [CM], "holder", WORK),
    *_rule("thread", "social", [LEAD], "own agency", WORK),
    *_rule("thread", "social", [DESK], "own agency", "see sheet", "number title state promise"),
    *_rule("thread", "social", [OFFICE], "handed over", "see", "number question name phone dwelling promise"),
    *_rule("thread", "social", [Kind.LINK], "handed over", "see", "number question name phone dwelling promise"),
    *_rule("thread", "social", [Kind.TENANT], "the person", "see answer close reopen sheet"),
    *_rule("thread", "social", [Kind.DELEGATE], "delegate", "see answer sheet"),
    *_rule("thread", "social", [Kind.REPRESENTATIVE], "representative", "see answer close reopen sheet"),
    *_rule("thread", "social", [Kind.SYSTEM], "own agency", "see promise mark"),
    # What was delicate is read by the named duty person only; the rows above never match it.
    *_rule("delicate", "social", [CM, LEAD], "duty", WORK),
    # A hand-over belongs to the office it was sent to, and to whoever sent it.
    *_rule("hand_over", "social", [OFFICE], "handed over", "see take answer send_back date"),
    *_rule("hand_over", "social", [Kind.LINK], "handed over", "see take answer send_back date"),
    *_rule("hand_over", "social", [CM], "own area", "see withdraw"),
    *_rule("hand_over", "social", [LEAD], "own agency", "see withdraw"),
    # Contacts: the log of the listening point.
    *_rule("contact", "social", [CM], "own area", "see"),
    *_rule("contact", "social", [LEAD], "own agency", "see"),
    *_rule("contact", "social", [Role.CUSTODIAN, DESK, Role.NURSE], "own entry", "see"),
    *_rule("contact", "social", [CM, LEAD], "envelope", "see"),
    # Rent: only the office whose work it is, and the community manager when the tenant asks for help about it.
    *_rule("account", "economic", [OFFICE], "handed over rent", "see"),
    *_rule("account", "economic", [CM], "asked for help", "see"),
    # The landlord's lists are taken in whole by who prepares the body.
    *_rule("registry", "social", [Role.ADMIN, Kind.SYSTEM], "own agency", "import"),
    *_rule("registry", "economic", [Role.ADMIN, Kind.SYSTEM], "own agency", "import"),
    *_rule("account", "economic", [Kind.TENANT], "the person", "see"),
    # Places and appointments.
    *_rule("appointment", "social", [CM, LEAD, DESK], "own agency", "see move cancel"),
    *_rule("appointment", "social", [CM, LEAD, DESK], "duty", "see move cancel"),
    *_rule("appointment", "social", [Kind.TENANT], "the person", "see move cancel"),
    *_rule("appointment", "social", [Kind.DELEGATE], "delegate", "see"),
    *_rule("appointment", "social", [Kind.REPRESENTATIVE], "representative", "see move cancel"),
    *_rule("message", "social", [Kind.TENANT], "the person", "see"),
    *_rule("message", "social", [Kind.REPRESENTATIVE], "representative", "see"),
    *_rule("message", "social", [CM], "own area", "see"),
    *_rule("message", "social", [LEAD], "own agency", "see"),
)

# Acts without a row to look at: open a page, write a new thing.
CAPABILITIES: dict[str, frozenset[str]] = {
    "record contact": frozenset({CM, LEAD, DESK, Role.CUSTODIAN, Role.NURSE}),
    "open request": frozenset({CM, LEAD, DESK, Kind.TENANT, Kind.DELEGATE, Kind.REPRESENTATIVE, Kind.SYSTEM}),
    "search people": frozenset({CM, LEAD, DESK}),
    "register person": frozenset({CM, LEAD}),
    "publish place": frozenset({CM, LEAD}),
    "book appointment": frozenset({CM, LEAD, DESK}),
    "office queue": frozenset({OFFICE}),
    "month page": frozenset({CM, LEAD, Role.REGION, Role.ADMIN, Role.NETWORK_MANAGER}),
    "month of every body": frozenset({Role.REGION}),
    "import": frozenset({Role.ADMIN, Kind.SYSTEM}),
    "set up": frozenset({Role.ADMIN, Kind.SYSTEM}),
    "edit categories": frozenset({Role.ADMIN, LEAD, Kind.SYSTEM}),
    "set absence": frozenset({CM, LEAD, OFFICE, Role.ADMIN, Kind.SYSTEM}),
}

Query = Callable[[Actor], Q]
_relations: dict[tuple[str, str], Query] = {}


def relation(thing: str, name: str) -> Callable[[Query], Query]:
    """Register the query of a relation for a thing. Only a room's ``access.py`` calls it."""

    def register(query: Query) -> Query:
        _relations[thing, name] = query
        return query

    return register


def holder_of(actor: Actor) -> str:
    """Return the name the table knows an actor by: the role of staff, else the kind."""
    return actor.role if actor.kind == Kind.STAFF else str(actor.kind)


def rules_for(actor: Actor, thing: str, action: str) -> list[Rule]:
    """Return the lines that speak of this actor, thing and action."""
    who = holder_of(actor)
    return [r for r in TABLE if r.thing == thing and r.action == action and who in r.holders]


def allows(actor: Actor, thing: str, action: str) -> Q:
    """Compile the table into the filter of what an actor may do to a thing. Nothing matching means no rows."""
    found = Q(pk__in=[])
    for rule in rules_for(actor, thing, action):
        found |= _relations[rule.thing, rule.relation](actor)
    return found


def fields(actor: Actor, thing: str) -> frozenset[str]:
    """Return the fields an actor may see of a thing at most; ``{"*"}`` is all of them."""
    seen: frozenset[str] = frozenset()
    for rule in rules_for(actor, thing, "see"):
        seen |= rule.fields
    return ALL if "*" in seen else seen


def can(actor: Actor, capability: str) -> bool:
    """Tell whether an actor holds a capability. An unknown name is a mistake of ours and raises ``KeyError``."""
    return holder_of(actor) in CAPABILITIES[capability]


@wall.lanes_by
def lanes_of(actor: Actor) -> frozenset[str]:
    """Return the lanes somebody holds anything in: what the wall shows of their body at most."""
    who = holder_of(actor)
    return frozenset(rule.lane for rule in TABLE if who in rule.holders)


def unresolved() -> list[str]:
    """Return the relations the table names and no room knows: the start refuses a non-empty answer."""
    return sorted({f"{r.thing}: {r.relation}" for r in TABLE if (r.thing, r.relation) not in _relations})
