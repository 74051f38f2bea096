"""Every address of the house: its door, its policy, and an example that answers in the demo world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from cortile.accounts import reads as accounts
from cortile.agencies import reads as agencies
from cortile.agenda import access as agenda
from cortile.backstage import partner
from cortile.benefits import access as benefits_access
from cortile.benefits import batches, examining, funds, transmissions
from cortile.benefits import reads as benefits
from cortile.directory import reads as directory
from cortile.directory.reads import Page, Wanted
from cortile.homes import reads as homes
from cortile.homes.access import at_work
from cortile.kit import clock, doors, files
from cortile.kit.actor import PUBLIC, Kind
from cortile.listening import access as listening
from cortile.network import access as networks_access
from cortile.network import reads as networks
from cortile.people import reads as people
from cortile.people.access import tenant_actor
from cortile.referrals import access as referrals

LIBRARY = "sign-in library"
LINK, PARTNER = "office link", "partner link"
# Who comes in without being one of the personas.
ALONE = {LINK: "link", PARTNER: partner.SLUG, "machine": "machine", "inps": "machine"}
STORY, IMPORTER = "adele", "anna"
# Whoever comes first and is admitted shows the example.
SHOWN_BY = ("adele", "samira", "gianni", "marta", "paola", "ufficio", "anna", "roberto", "federica", "lucia", "salvatore", "davide")
# What the public directory shows first of each kind.
LISTS: dict[str, Callable[..., Page[Any]]] = {
    "service": directory.services, "organization": directory.organizations, "place": directory.at_locations,
    "taxonomy": directory.taxonomies, "term": directory.terms,
}  # fmt: skip
# The same values where a query asks for them.
QUERY = {"persona": "person_id", "richiesta": "number"}


@dataclass(frozen=True, slots=True)
class Route:
    """One address, with the persona for whom its sample answers.

    ``shown_by`` is empty where nobody has to sign in, ``link`` for an office come in by its mailed link, ``machine`` for who signs.
    """

    door: str
    name: str
    pattern: str
    methods: tuple[str, ...]
    policy: str
    sample: str
    shown_by: str


class Cast:
    """The personas of this database as actors, and the office that comes in by link."""

    def __init__(self) -> None:
        self.actors = {slug: at_work(member) for slug, member in agencies.personas().items()}
        for slug, person in people.personas().items():
            if actor := tenant_actor({"kind": str(Kind.TENANT), "id": person.pk, "agency": person.agency_id}):
                self.actors[slug] = actor

    def admitted(self, policy: str) -> str:
        """Return who shows a page of a policy, or nothing for everybody's and for nobody's."""
        if policy in ALONE:
            return ALONE[policy]
        if doors.admits(policy, PUBLIC):
            return ""
        return next((slug for slug in SHOWN_BY if slug in self.actors and doors.admits(policy, self.actors[slug])), "")


class Examples:
    """What stands in an address where the pattern has a name: taken from the demo world, nothing where there is none."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tenant = cast.actors.get(STORY, PUBLIC)
        self.office = cast.actors.get("ufficio", PUBLIC)
        self.importer = cast.actors.get(IMPORTER, PUBLIC)
        self.lead = cast.actors.get("paola", PUBLIC)

    def values(self, asked: dict[str, object]) -> dict[str, object]:
        """Return the declared values with this world's own in their place."""
        known = {name: found for name in asked if (found := self.value(name)) is not None}
        return {**asked, **known}

    def value(self, name: str) -> object:
        """Return one value of this world, or None."""
        finders: dict[str, Callable[[], object]] = {
            "number": self._number, "file_id": self._photo, "person_id": lambda: self.tenant.person_id,
            "appointment_id": self._appointment, "hand_over_id": self._hand_over, "place_id": self._popup, "run_id": self._run,
            "flow_id": self._flow,
            "other_id": self._version,
            "call_id": self._open_call,
            "batch_id": self._batch,
            "version_id": self._version, "envelope_id": self._envelope,
            "application": self._application,
            "service_id": self._card, "referral_number": self._referral, "consent_id": self._consent,
            "network_id": self._network, "meeting_id": self._meeting,
            **{f"{name}_uuid": partial(self._listed, find) for name, find in LISTS.items()},
        }  # fmt: skip
        return finders[name]() if name in finders and self.tenant is not PUBLIC else None

    def _number(self) -> object:
        rows = listening.visible_to(self.tenant).exclude(state="closed").order_by("-opened_at")
        return rows.values_list("number", flat=True).first()

    def _photo(self) -> object:
        thread_id = listening.visible_to(self.tenant).exclude(state="closed").order_by("-opened_at").values_list("pk", flat=True)
        found = files.of("listening.thread", thread_id[0]) if thread_id else []
        return found[0].pk if found else None

    def _appointment(self) -> object:
        coming = agenda.visible_to(self.tenant).filter(state="booked", starts_at__gt=clock.now())
        return coming.values_list("pk", flat=True).first()

    def _hand_over(self) -> object:
        rows = listening.hand_overs_visible_to(self.office).filter(state="sent")
        return rows.values_list("pk", flat=True).first()

    def _popup(self) -> object:
        places = homes.places(self.tenant.agency_id or 0, state="open")
        return next((p.pk for p in places if p.kind == "popup"), None)

    def _run(self) -> object:
        return next((r.pk for r in accounts.past_imports(by=self.importer)), None)

    def _open_call(self) -> object:
        return next((version.call_id for version in benefits.open_now(self.tenant.agency_id or 0)), None)

    def _batch(self) -> object:
        return next((found.pk for found in batches.every(by=self.lead)), None)

    def _envelope(self) -> object:
        return next((pot.envelope.pk for pot in funds.envelopes(by=self.lead)), None)

    def _listed(self, find: Callable[..., Page[Any]]) -> object:
        return next((row.uuid for row in find(Wanted(), 1, 1).rows), None)

    def _card(self) -> object:
        return next((c.service.pk for c in directory.cards(by=self.lead) if c.ours), None)

    def _referral(self) -> object:
        return referrals.visible_to(self.lead).order_by("-sent_at").values_list("number", flat=True).first()

    def _consent(self) -> object:
        return referrals.consents_visible_to(self.tenant).values_list("pk", flat=True).first()

    def _network(self) -> object:
        return next((row.pk for row in networks.networks(by=self.lead)), None)

    def _meeting(self) -> object:
        rows = networks_access.meetings(self.lead).exclude(state="planned")
        return rows.values_list("pk", flat=True).first()

    def _version(self) -> object:
        return next((v.pk for call in benefits.calls(by=self.lead) for v in call.versions.all()), None)

    def _flow(self) -> object:
        flows = transmissions.to_mend(benefits_access.flows_visible_to(self.cast.actors.get("federica", PUBLIC)))
        return flows.values_list("pk", flat=True).first()

    def _application(self) -> object:
        return next((row.application.number for row in examining.queue(by=self.lead)), None)


def every() -> list[Route]:
    """Return every route, door by door, with its sample in this database."""
    cast = Cast()
    examples = Examples(cast)
    return [_route(pattern, view, path, cast, examples) for pattern, view, path in _walk(get_resolver(), "", "")]


def as_rows() -> list[dict[str, object]]:
    """Return the routes as ``routes --json`` prints them."""
    return [asdict(route) for route in every()]


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[URLPattern, str, str]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            name = str(pattern.namespace or "")
            yield from _walk(pattern, path, f"{space}:{name}".strip(":") if name else space)
        elif pattern.name:  # one without a name is shut: nobody is led there
            yield pattern, space, path


def _route(pattern: URLPattern, space: str, path: str, cast: Cast, examples: Examples) -> Route:
    opening = doors.opening_of(pattern.callback)
    name = f"{space}:{pattern.name}".strip(":")
    if opening is None:
        sample = "" if "<" in path or "^" in path else f"/{path}"
        return Route(LIBRARY, name, f"/{path}", (), LIBRARY, sample, "")
    shown_by = cast.admitted(opening.policy)
    return Route(
        space or "kit", name, f"/{path}", opening.methods, opening.policy, _sample(opening.sample, name, examples), shown_by
    )


def _sample(declared: str, name: str, examples: Examples) -> str:
    """Return the declared example with this world's numbers in it."""
    path, mark, query = declared.partition("?")
    try:
        found = resolve(path)
    except Resolver404:
        return declared
    asked = {key: examples.value(QUERY[key]) if key in QUERY else value for key, value in parse_qsl(query)}
    if name == "workspace:application" and (number := examples.value("application")):
        return reverse(name, args=[number])
    return f"{reverse(name, kwargs=examples.values(found.kwargs))}{mark}{urlencode(asked)}"
