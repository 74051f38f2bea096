"""The only writes of invitations: a search run for a written reason, what a call came to, and who wants none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from cortile.agencies import policy
from cortile.benefits import access, trying
from cortile.benefits.actions.steps import check
from cortile.benefits.models import Application, Call, CallVersion, DoNotInvite, Invitation
from cortile.benefits.reads import open_now
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.people import access as people
from cortile.people.models import Person, Tenancy


class Looked(NamedTuple):
    """What a search came to, in counts: how many new names there are, and how many more asked not to be called."""

    made: int
    kept_out: int


@action("invitation.made")
def look_for_unclaimed(call_id: int, *, by: Actor, purpose: str) -> Looked:
    """Write down who looks entitled to an open call and has not applied, for the community manager of their area.

    What made them look so is read and forgotten: a name stays, no figure does. Who said «non cercatemi» is left out, and so is
    who moved or died. Raise ``Refused`` with ``not-allowed``, ``purpose-missing`` or ``call-not-in-force``; ``NotVisible``.
    """
    access.require(by, "look for unclaimed")
    check(purpose.strip(), "purpose-missing")
    call = access.the_call(by, call_id)
    version = next((found for found in open_now(call.agency_id) if found.call_id == call.pk), None)
    check(version is not None, "call-not-in-force")
    assert version is not None  # noqa: S101 -- said to the type checker: just checked
    looking = replace(by, purpose=policy.NON_TAKE_UP)
    entitled = set(trying.look_entitled(version, by=looking)) - _in_already(version)
    holders = set(Person.objects.filter(tenancies_held__in=entitled, state="active").values_list("pk", flat=True))
    refused = set(DoNotInvite.objects.filter(person__in=holders).values_list("person_id", flat=True))
    known = set(Invitation.objects.filter(call=call).values_list("person_id", flat=True))
    new = sorted(holders - refused - known)
    at = clock.now()
    Invitation.objects.bulk_create([Invitation(agency_id=call.agency_id, call=call, person_id=pk, made_at=at) for pk in new])
    done("C", call, persons=new, fields=["invitation"], reason=purpose.strip(), who=looking)
    return Looked(len(new), len(refused))


def _in_already(version: CallVersion) -> set[int]:
    """Return the contracts of the households that applied for this programme this year, or for one it does not go with."""
    programmes = [version.call.programme, *version.terms.excludes]
    rows = Application.objects.filter(agency_id=version.call.agency_id, year=clock.local(version.terms.opens_at).year)
    households = rows.filter(programme__in=programmes).exclude(state="withdrawn").values("household_id")
    return set(Tenancy.objects.filter(household__in=households).values_list("pk", flat=True))


@action("invitation.marked")
def mark_invitation(invitation_id: int, *, by: Actor, state: str) -> Invitation:
    """Write what came of an invitation: ``invited``, or ``declined`` for who does not want it.

    Raise ``NotVisible`` outside one's own area, ``Refused('not-in-this-state')`` for anything else, or for who has applied.
    """
    found = access.the_invitation(by, invitation_id)
    check(state in {"invited", "declined"} and found.state != "applied", "not-in-this-state")
    found.state, found.marked_at, found.marked_by_name = state, clock.now(), by.name
    found.save(update_fields=["state", "marked_at", "marked_by_name"])
    done("U", found, persons=[found.person_id], fields=["invitation"])
    return found


@action("invitation.stopped")
def do_not_invite(person: Person, *, by: Actor) -> DoNotInvite:
    """Remember that somebody wants no invitations: said by herself, or to an operator. What waits for her goes.

    Raise ``NotVisible`` for a person the actor may not write of.
    """
    people.require(by, person.pk, "edit")
    about = {"agency_id": person.agency_id, "since": clock.now(), "said_to": by.name}
    said, _made = DoNotInvite.objects.get_or_create(person=person, defaults=about)
    Invitation.objects.filter(person=person, state="to_invite").delete()
    done("C", said, persons=[person.pk], fields=["invitation"])
    return said


@action("invitation.allowed")
def may_invite(person: Person, *, by: Actor) -> None:
    """Forget that somebody wanted no invitations. Raise ``NotVisible`` as ``do_not_invite`` does."""
    people.require(by, person.pk, "edit")
    DoNotInvite.objects.filter(person=person).delete()
    done("D", persons=[person.pk], fields=["invitation"])


def answered(call: Call, person: Person) -> None:
    """Close the invitation of somebody who has applied: inside the act that takes the application in."""
    waiting = Invitation.objects.filter(call=call, person=person).exclude(state="applied")
    waiting.update(state="applied", marked_at=clock.now())
