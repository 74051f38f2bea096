"""Who may see and do what: one table, deny by default, compiled into the filter every read starts from.

The table names relations (``own area``, ``the person``…); each room registers the query for those it knows with
``relation``. An unresolved name stops the start (``unresolved``). Source: product §3.5; architecture §5.
``truth`` prints it in words; ``tests/agencies/truth.txt`` holds each line, checked by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cortile.agencies.roles import Role
from cortile.kit import wall
from cortile.kit.actor import Actor, Kind

ALL = frozenset({"*"})
CM, LEAD, DESK, OFFICE, NURSE = Role.COMMUNITY_MANAGER, Role.LEAD, Role.DESK, Role.OFFICE, Role.NURSE
CUSTODIAN, NETWORK, PROGRAMME, REGION, ADMIN = Role.CUSTODIAN, Role.NETWORK_MANAGER, Role.PROGRAMME, Role.REGION, Role.ADMIN
# A partner is a service that came in by a referral's link. Nobody is the other two: no role of staff, no kind. Who works
# against violence holds nothing here, ever: the protected lane is another programme with keys of its own (architecture §6).
PARTNER, ANTI_VIOLENCE, NOBODY = "partner", "anti_violence", "nobody"
HOLDERS = (*Role, *(kind for kind in Kind if kind != Kind.STAFF), PARTNER, ANTI_VIOLENCE)


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


def _rule(
    thing: str, lane: str, holders: Iterable[str], relation: str, actions: str, fields: str = "*", *, purpose: str = "service"
) -> list[Rule]:
    names = frozenset(fields.split())
    return [Rule(thing, lane, frozenset(holders), relation, act, names, purpose) for act in actions.split()]


def _counts(thing: str, lane: str, own: Iterable[str], every: Iterable[str]) -> list[Rule]:
    """Say who reads the counts of a thing, of their own body or of every one: never its rows (``COUNTED``)."""
    return [
        *_rule(thing, lane, own, "counts of own agency", "count", "counts", purpose="oversight"),
        *_rule(thing, lane, every, "counts of every agency", "count", "counts", purpose="oversight"),
    ]


# What the office of contributions acts for: judging who applied, and finding who could and has not.
CONTRIBUTIONS, NON_TAKE_UP = "contributions", "non_take_up"
NAME_CARD = "name stair phone language"
HANDED_OVER = "number question name phone dwelling promise"
EXPECTED = "name time place staff interpreter"
WORK = "see note answer promise hand_over close reopen sheet mark"

TABLE: tuple[Rule, ...] = (
    # People: a community manager knows her area, a lead the body, a desk the card.
    *_rule("person", "social", [CM], "own area", "see edit contact sign_in_code share"),
    *_rule("person", "social", [CM], "broken glass", "see contact"),
    *_rule("person", "social", [LEAD], "own agency", "see edit contact sign_in_code share"),
    *_rule("person", "social", [DESK], "own agency", "see contact", NAME_CARD),
    *_rule("person", "social", [OFFICE], "handed over", "see", NAME_CARD),
    *_rule("person", "social", [CUSTODIAN], "opt-in visits", "see", NAME_CARD),
    *_rule("person", "social", [NURSE], "own list", "see", NAME_CARD),
    *_rule("person", "social", [PROGRAMME], "applicants", "see"),
    *_rule("person", "social", [Kind.TENANT], "the person", "see edit"),
    *_rule("person", "social", [Kind.DELEGATE], "delegate", "see", "name"),
    *_rule("person", "social", [Kind.REPRESENTATIVE], "representative", "see"),
    *_rule("person", "social", [Kind.SYSTEM], "own agency", "see edit contact"),
    # Another body, or a partner, never sees the row of a person: a copy of what it was given, with an end.
    *_rule("copy", "social", [NETWORK], "shared cases", "see", "given"),
    *_rule("copy", "social", [PARTNER], "after consent", "see", "given"),
    *_rule("copy", "social", [CM], "own area", "see withdraw"),
    *_rule("copy", "social", [LEAD], "own agency", "see withdraw"),
    *_rule("copy", "social", [Kind.TENANT], "the person", "see withdraw"),
    # Requests: conversation is always per person; an office sees what was handed to it.
    *_rule("thread", "social", [CM], "own area", WORK),
    *_rule("thread", "social", [CM], "holder", WORK),
    *_rule("thread", "social", [CM], "broken glass", "see"),
    *_rule("thread", "social", [LEAD], "own agency", WORK),
    *_rule("thread", "social", [DESK], "own agency", "see sheet", "number title state promise"),
    *_rule("thread", "social", [OFFICE], "handed over", "see", HANDED_OVER),
    *_rule("thread", "social", [Kind.LINK], "handed over", "see", HANDED_OVER),
    *_rule("thread", "social", [Kind.TENANT], "the person", "see answer close reopen sheet"),
    *_rule("thread", "social", [Kind.DELEGATE], "delegate", "see answer sheet"),
    *_rule("thread", "social", [Kind.REPRESENTATIVE], "representative", "see answer close reopen sheet"),
    # What came in as an application for a contribution is answered by the office that examines it.
    *_rule("thread", "social", [PROGRAMME], "applicants", "see answer promise close reopen sheet", HANDED_OVER),
    *_rule("thread", "social", [Kind.SYSTEM], "own agency", "see promise mark"),
    # Whoever answers the phone reads out what the app says, of the whole body: never what it is about.
    *_rule("thread", "social", [CM, LEAD, DESK], "on the phone", "tell", "number state promise owner"),
    *_counts("thread", "social", [CM, LEAD, NETWORK, ADMIN], [REGION]),
    # What was delicate is read by the named duty person only; the rows above never match it.
    *_rule("delicate", "social", [CM, LEAD], "duty", WORK),
    # A hand-over belongs to the office it was sent to, and to whoever sent it.
    *_rule("hand_over", "social", [OFFICE], "handed over", "see take answer send_back date"),
    *_rule("hand_over", "social", [Kind.LINK], "handed over", "see take answer send_back date"),
    *_rule("hand_over", "social", [CM], "own area", "see withdraw"),
    *_rule("hand_over", "social", [LEAD], "own agency", "see withdraw"),
    # A referral goes with its request; the service that got it sees the ticked fields, while the yes and the agreement last.
    *_rule("referral", "social", [CM], "own area", "see follow"),
    *_rule("referral", "social", [CM], "holder", "see follow"),
    *_rule("referral", "social", [LEAD], "own agency", "see follow"),
    *_rule("referral", "social", [CM, LEAD], "duty", "see follow"),
    *_rule("referral", "social", [PARTNER], "sent to us", "see answer", "ticked"),
    *_rule("referral", "social", [Kind.TENANT], "the person", "see outcome"),
    *_rule("referral", "social", [Kind.REPRESENTATIVE], "representative", "see outcome"),
    *_rule("referral", "social", [Kind.SYSTEM], "own agency", "see follow"),
    *_rule("consent", "social", [CM], "own area", "see withdraw"),
    *_rule("consent", "social", [CM], "holder", "see withdraw"),
    *_rule("consent", "social", [LEAD], "own agency", "see withdraw"),
    *_rule("consent", "social", [Kind.TENANT], "the person", "see withdraw"),
    *_rule("consent", "social", [Kind.REPRESENTATIVE], "representative", "see withdraw"),
    # Contacts: the log of the listening point.
    *_rule("contact", "social", [CM], "own area", "see"),
    *_rule("contact", "social", [CM], "broken glass", "see"),
    *_rule("contact", "social", [LEAD], "own agency", "see"),
    *_rule("contact", "social", [CUSTODIAN, DESK, NURSE], "own entry", "see"),
    *_rule("contact", "social", [CM, LEAD], "envelope", "see"),
    *_counts("contact", "social", [CM, LEAD, NETWORK, ADMIN], [REGION]),
    # Places and appointments.
    *_rule("appointment", "social", [CM], "own area", "see move cancel"),
    *_rule("appointment", "social", [CM], "own agency", "busy", "time place staff"),
    *_rule("appointment", "social", [LEAD], "own agency", "see move cancel"),
    *_rule("appointment", "social", [DESK], "own agency", "see move cancel", EXPECTED),
    *_rule("appointment", "social", [CM, LEAD], "duty", "see move cancel"),
    *_rule("appointment", "social", [DESK], "duty", "see move cancel", EXPECTED),
    *_rule("appointment", "social", [NURSE], "own list", "see", "time place interpreter"),
    *_rule("appointment", "social", [Kind.TENANT], "the person", "see move cancel"),
    *_rule("appointment", "social", [Kind.DELEGATE], "delegate", "see"),
    *_rule("appointment", "social", [Kind.REPRESENTATIVE], "representative", "see move cancel"),
    # A call we promised goes with its request.
    *_rule("call_back", "social", [CM], "own area", "see cancel"),
    *_rule("call_back", "social", [LEAD], "own agency", "see cancel"),
    *_rule("call_back", "social", [CM, LEAD], "duty", "see cancel"),
    *_rule("call_back", "social", [Kind.TENANT], "the person", "see cancel"),
    *_rule("message", "social", [Kind.TENANT], "the person", "see"),
    *_rule("message", "social", [Kind.REPRESENTATIVE], "representative", "see"),
    *_rule("message", "social", [CM], "own area", "see"),
    *_rule("message", "social", [LEAD], "own agency", "see"),
    # An SMS that no request claims waits for whoever answers the phone.
    *_rule("incoming_sms", "social", [CM, LEAD, DESK], "own agency", "see handle"),
    # A notice is of a place and names nobody.
    *_rule("notice", "building", [CM, LEAD], "own agency", "see withdraw"),
    *_rule("notice", "building", [CUSTODIAN, DESK], "own agency", "see"),
    *_rule("notice", "building", [Kind.TENANT, Kind.REPRESENTATIVE], "own building", "see"),
    # Rent: only the office whose work it is, and the community manager when the tenant asks for help about it.
    *_rule("account", "economic", [OFFICE], "handed over rent", "see"),
    *_rule("account", "economic", [CM], "asked for help", "see"),
    *_rule("account", "economic", [Kind.TENANT], "the person", "see"),
    *_rule("account", "economic", [PROGRAMME], "applicants", "see", "criterion"),
    *_counts("account", "economic", [], [REGION]),
    # What a contribution is decided on: band, ISEE, charges and debt of a contract, and since when it runs.
    *_rule("standing", "economic", [PROGRAMME], "own agency", "see", purpose=CONTRIBUTIONS),
    *_rule("standing", "economic", [PROGRAMME], "own agency", "see", purpose=NON_TAKE_UP),
    *_rule("standing", "social", [PROGRAMME], "own agency", "see", "contract", purpose=CONTRIBUTIONS),
    *_rule("standing", "social", [PROGRAMME], "own agency", "see", "contract", purpose=NON_TAKE_UP),
    *_rule("standing", "economic", [Kind.TENANT], "the person", "see"),
    *_rule("standing", "economic", [CM], "asked for help", "see"),
    *_rule("standing", "economic", [Kind.SYSTEM], "own agency", "see"),
    # The landlord's lists are taken in whole by who prepares the body.
    *_rule("registry", "social", [ADMIN, Kind.SYSTEM], "own agency", "import"),
    *_rule("registry", "economic", [ADMIN, Kind.SYSTEM], "own agency", "import"),
    # Faults are of a place: everybody who works in it sees them.
    *_rule("fault", "building", [CUSTODIAN, CM, LEAD, DESK], "own agency", "see"),
    *_rule("fault", "building", [Kind.TENANT], "own building", "see"),
    *_counts("fault", "building", [NETWORK], [REGION]),
    # That a health service took place: no clinical word is ever here.
    *_rule("health_service", "health", [NURSE], "own entry", "see"),
    *_rule("health_service", "health", [CM], "own area", "see", "appointment"),
    *_rule("health_service", "health", [Kind.TENANT], "the person", "see"),
    *_counts("health_service", "health", [], [REGION]),
    # Contributions: one file per contract.
    # To see one is to know that it is there and where it stands; to read it is another thing.
    *_rule("contribution", "economic", [PROGRAMME], "own agency", "see read examine decide pay"),
    *_rule("contribution", "economic", [LEAD], "own agency", "see read decide"),
    *_rule("contribution", "economic", [CM], "own area", "see", "state"),
    *_rule("contribution", "economic", [CM, LEAD], "assisting", "see read help"),
    *_rule("contribution", "economic", [Kind.TENANT], "the person", "see read ask"),
    *_rule("contribution", "economic", [Kind.TENANT], "own household", "see", "state"),
    *_rule("contribution", "economic", [Kind.DELEGATE], "delegate", "see read"),
    *_rule("contribution", "economic", [Kind.REPRESENTATIVE], "representative", "see read ask"),
    *_rule("contribution", "economic", [Kind.SYSTEM], "own agency", "see read examine decide pay"),
    # What is told to INPS of it: the office mends it, INPS pulls what its own body has for it.
    *_rule("flow", "economic", [PROGRAMME, Kind.SYSTEM], "own agency", "see mend"),
    *_rule("flow", "economic", [Kind.MACHINE], "sent to inps", "see answer"),
    # Who could have one and has not asked: a name and a number for whoever calls in her area, and never why.
    *_rule("invitation", "social", [CM], "own area", "see invite", "name phone invitation"),
    *_rule("contribution", "economic", [REGION], "sample", "see", "pseudonym", purpose="oversight"),
)

# Lines of rooms that are not built yet, with the relations they wait for: they compile to nothing.
ANNOUNCED: frozenset[tuple[str, str]] = frozenset(
    {
        ("copy", "after consent"),
        ("fault", "own agency"), ("fault", "own building"),
        ("health_service", "own entry"), ("health_service", "own area"), ("health_service", "the person"),
        ("contribution", "sample"),
        ("fault", "counts of own agency"), ("fault", "counts of every agency"),
        ("health_service", "counts of every agency"), ("account", "counts of every agency"),
    }
)  # fmt: skip
# Counts name nobody: ``insight`` makes them with its small cells, and no line of them ever opens a row.
COUNTED = frozenset({"counts of own agency", "counts of every agency"})

# Acts without a row to look at: open a page, write a new thing.
CAPABILITIES: dict[str, frozenset[str]] = {
    "record contact": frozenset({CM, LEAD, DESK, CUSTODIAN, NURSE}),
    "open request": frozenset({CM, LEAD, DESK, Kind.TENANT, Kind.DELEGATE, Kind.REPRESENTATIVE, Kind.SYSTEM}),
    "search people": frozenset({CM, LEAD, DESK}),
    "register person": frozenset({CM, LEAD}),
    "publish place": frozenset({CM, LEAD}),
    "book appointment": frozenset({CM, LEAD, DESK}),
    "break glass": frozenset({CM, LEAD}),
    "place canary": frozenset({LEAD, ADMIN}),
    "watch openings": frozenset({Kind.SYSTEM}),
    "office queue": frozenset({OFFICE}),
    "month page": frozenset({CM, LEAD, REGION, ADMIN, NETWORK}),
    "month of every body": frozenset({REGION}),
    "import": frozenset({ADMIN, Kind.SYSTEM}),
    "set up": frozenset({ADMIN, Kind.SYSTEM}),
    "edit categories": frozenset({ADMIN, LEAD, Kind.SYSTEM}),
    "lock screens": frozenset({ADMIN, LEAD, Kind.SYSTEM}),
    "own list": frozenset({NURSE}),
    "visits": frozenset({CUSTODIAN}),
    "shared copies": frozenset({NETWORK}),
    "answer the phone": frozenset({CM, LEAD, DESK}),
    "set phone turns": frozenset({LEAD, ADMIN, Kind.SYSTEM}),
    "set local centres": frozenset({LEAD, ADMIN, Kind.SYSTEM}),
    "identify person": frozenset({CM, LEAD}),
    "write notice": frozenset({CM, LEAD, Kind.SYSTEM}),
    "protect account": frozenset({OFFICE, LEAD, Kind.SYSTEM}),
    "receive sms": frozenset({Kind.MACHINE}),
    "draft call": frozenset({PROGRAMME, Kind.SYSTEM}),
    "publish call": frozenset({PROGRAMME, LEAD}),
    "see calls": frozenset({PROGRAMME, LEAD, ADMIN}),
    "apply": frozenset({CM, LEAD, Kind.TENANT, Kind.REPRESENTATIVE}),
    "examine applications": frozenset({PROGRAMME, LEAD, Kind.SYSTEM}),
    "look for unclaimed": frozenset({PROGRAMME}),
    "invite": frozenset({CM}),
    "keep envelope": frozenset({PROGRAMME, Kind.SYSTEM}),
    "send to inps": frozenset({PROGRAMME, Kind.SYSTEM}),
    "set siuss": frozenset({PROGRAMME, ADMIN, Kind.SYSTEM}),
    "pay batches": frozenset({PROGRAMME}),
    "sign batches": frozenset({LEAD, PROGRAMME}),
    "see directory": frozenset({CM, LEAD, DESK, NURSE, NETWORK, PROGRAMME}),
    "keep directory": frozenset({CM, LEAD, NETWORK, Kind.SYSTEM}),
    "sign agreements": frozenset({LEAD, NETWORK, Kind.SYSTEM}),
    "refer": frozenset({CM, LEAD}),
    "refer oneself": frozenset({Kind.TENANT, Kind.REPRESENTATIVE}),
    "keep networks": frozenset({LEAD, NETWORK, Kind.SYSTEM}),
    "lend counts": frozenset({LEAD, Kind.SYSTEM}),
    "set absence": frozenset({CM, LEAD, OFFICE, ADMIN, Kind.SYSTEM}),
}

Query = Callable[[Actor], Q]
_ROLES = frozenset(Role)
_relations: dict[tuple[str, str], Query] = {}


@dataclass
class _Index:
    table: tuple[Rule, ...] = ()
    lines: dict[str, list[Rule]] = field(default_factory=dict)
    # By holder, for as many relations as were known then: rooms register theirs while they load.
    lanes: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)


_index = _Index()


def relation(thing: str, name: str) -> Callable[[Query], Query]:
    """Register the query of a relation for a thing. Only a room's ``access.py`` calls it."""

    def register(query: Query) -> Query:
        _relations[thing, name] = query
        return query

    return register


def holder_of(actor: Actor) -> str:
    """Return the name the table knows an actor by: the role of staff, else the kind; of links, a service's is a partner.

    A role nobody wrote is nobody's.
    """
    if actor.kind == Kind.LINK and actor.role == PARTNER:
        return PARTNER
    if actor.kind != Kind.STAFF:
        return str(actor.kind)
    return actor.role if actor.role in _ROLES else NOBODY


def in_force(rule: Rule) -> bool:
    """Tell whether a line opens anything: those announced wait for their room, those of counts never open a row."""
    return (rule.thing, rule.relation) in _relations


def _lines_of(who: str) -> list[Rule]:
    """Return the lines of a holder, found once for as long as the table is the same: a page asks a dozen times."""
    if _index.table is not TABLE:
        _index.table, _index.lines, _index.lanes = TABLE, defaultdict(list), {}
        for rule in TABLE:
            for holder in rule.holders:
                _index.lines[str(holder)].append(rule)
    return _index.lines.get(who, [])


def rules_for(actor: Actor, thing: str, action: str) -> list[Rule]:
    """Return the lines in force that speak of this actor, thing and action, for the purpose the actor acts for."""
    who = holder_of(actor)
    return [r for r in _lines_of(who) if (r.thing, r.action, r.purpose) == (thing, action, actor.purpose) and in_force(r)]


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
    """Return the lanes somebody holds anything in, for whatever purpose: what the wall shows of their body at most."""
    who = holder_of(actor)
    lines, known = _lines_of(who), (who, len(_relations))
    if known not in _index.lanes:
        _index.lanes[known] = frozenset(r.lane for r in lines if in_force(r))
    return _index.lanes[known]


def unresolved() -> list[str]:
    """Return what stops the start: relations no room knows, and announced ones whose room has come."""
    written, known = {(r.thing, r.relation) for r in TABLE}, set(_relations)
    unknown = {(thing, name) for thing, name in written - ANNOUNCED - known if name not in COUNTED}
    wrong = unknown | (ANNOUNCED & known) | (ANNOUNCED - written)
    return sorted(f"{thing}: {name}" for thing, name in wrong)
