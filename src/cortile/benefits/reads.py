"""Named questions about calls, and about a place in line."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Prefetch

from cortile.benefits import access
from cortile.benefits.line import Line
from cortile.benefits.models import Application, Call, CallVersion, DoNotInvite, Envelope
from cortile.benefits.models.calls import in_force as in_force_at
from cortile.benefits.places import Place
from cortile.benefits.rules import deciding, sentences
from cortile.benefits.rules.allocating import Strategy
from cortile.benefits.rules.deciding import Decision, Facts
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.people import reads as people
from cortile.people.models import Person


class Found(NamedTuple):
    """What a rule makes of some answers, and the version it was asked of."""

    version: CallVersion
    decision: Decision
    figures: dict[str, int]


def published(agency_id: int) -> list[CallVersion]:
    """Return the versions in force of a body's calls, the newest of each: anybody may read them."""
    return in_force_at(clock.now(), call__agency_id=agency_id)


def open_now(agency_id: int) -> list[CallVersion]:
    """Return the calls one may apply to at this moment."""
    return [version for version in published(agency_id) if version.terms.is_open(clock.now())]


def announced(agency_id: int) -> list[CallVersion]:
    """Return the calls that are published and not open yet, the soonest first: anybody may know when to come."""
    later = [version for version in published(agency_id) if clock.now() < version.terms.opens_at]
    return sorted(later, key=lambda version: version.terms.opens_at)


def tried(agency_id: int, facts: Facts) -> list[Found]:
    """Try some answers on every call that is open now. Nothing is kept, and nobody is known."""
    return [_tried(version, facts) for version in open_now(agency_id)]


def _tried(version: CallVersion, facts: Facts) -> Found:
    figures = deciding.figures_on(version.rule, clock.today())
    return Found(version, deciding.Judge(version.rule, figures).decide(facts), figures)


def calls(*, by: Actor) -> list[Call]:
    """Return the calls of a body with all their versions, the newest first."""
    versions = CallVersion.objects.select_related("proposed_by", "published_by", "drafted_by")
    return list(access.calls_visible_to(by).select_related("agency").prefetch_related(Prefetch("versions", versions)))


def one_version(version_id: int, *, by: Actor) -> CallVersion:
    """Return one version of a call. Raise ``NotVisible`` for one the actor may not see."""
    rows = CallVersion.objects.select_related("call__agency", "drafted_by", "proposed_by", "published_by")
    found = rows.filter(pk=version_id, call__in=access.calls_visible_to(by)).first()
    if found is None:
        raise NotVisible
    return found


def said(version: CallVersion) -> list[str]:
    """Say a version's rule in plain sentences, with the figures in force when it opens."""
    day = clock.local(version.terms.opens_at).date()
    return sentences.whole(version.rule, deciding.figures_on(version.rule, day))


def place_of(application: Application | int, *, by: Actor) -> Place:
    """Return where an application, or the one of a number, stands in line now, and how far the money goes.

    The same statements at any size. Where need comes first the place is provisional until the list is drawn; drawn, it is the
    list's own, for good. Raise ``NotVisible``.
    """
    number = application if isinstance(application, int) else application.number
    found = access.the_application(by, number)
    line = Line(Envelope.objects.filter(call_id=found.call_id).first() or Envelope(call_id=found.call_id))
    asked = line.asked(found.pk)
    audit.seen("application.place_read", by=by, persons=[found.applicant_id], fields=["place"], thing=found)
    shared = line.strategy == Strategy.PROPORTIONAL
    reached = asked.of if shared else asked.covered if line.stands else asked.reached
    return Place(asked.place or 0, asked.of, reached, not line.stands, asked.residual, asked.held or 0, asked.target or 0, shared)


def used_by(call_id: int, *, by: Actor) -> dict[int, int]:
    """Return how many applications stand on each version of a call. Raise ``NotVisible`` for a call one may not see."""
    if not access.calls_visible_to(by).filter(pk=call_id).exists():
        raise NotVisible
    rows = Application.objects.filter(call_id=call_id, agency_id=by.agency_id or 0).values("version_id").annotate(many=Count("pk"))
    return {row["version_id"]: row["many"] for row in rows.order_by("version_id")}


def in_force(call_id: int, agency_id: int) -> CallVersion | None:
    """Return the version of a call that is in force now, or None."""
    return next(iter(in_force_at(clock.now(), call_id=call_id, call__agency_id=agency_id)), None)


# --- invitations ---
class Invited(NamedTuple):
    """A line of the list of who calls: a name, a number, and where it stands. Never a figure, never a reason."""

    pk: int
    name: str
    phone: str
    state: str
    state_label: str
    title: str


def to_call(*, by: Actor) -> list[Invited]:
    """Return whom to tell, in one's own area, that a contribution is there for them. «Solo di persona» has no number."""
    rows = access.invitations_visible_to(by).exclude(state="applied").select_related("person", "call")
    found = list(rows.prefetch_related("person__contact_points").order_by("-state", "person__family_name", "pk")[:MOST_INVITED])
    audit.seen("invitations.read", by=by, persons=[row.person_id for row in found], fields=["name", "phone", "invitation"])
    titles = {version.call_id: version.terms.texts["title"] for version in published(by.agency_id or 0)}
    return [
        Invited(
            row.pk, row.person.full_name, _number(row.person), row.state, row.state_label, titles.get(row.call_id, row.call.code)
        )
        for row in found
    ]


MOST_INVITED = 200


def _number(person: Person) -> str:
    return "" if person.only_in_person else people.phone_of(person)


def wants_no_invitation(person_id: int) -> bool:
    """Tell whether somebody asked not to be called about contributions. Only asked by a page that shows her own data."""
    return DoNotInvite.objects.filter(person_id=person_id).exists()
