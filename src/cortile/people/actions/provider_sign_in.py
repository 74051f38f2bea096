"""Coming in with SPID or CIE: a fiscal code somebody else vouches for, of the one person here who has it (A2 of the ladder)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

from cortile.kit import clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.identity import Asserted
from cortile.people import access, rules
from cortile.people.models import Identification, Person, SeenToken

# Tokens older than ten minutes are refused before they come here: after a day none can come back.
KEPT = timedelta(days=1)
_FIRST = "INSERT INTO people_seentoken (digest, at) VALUES (%s, %s) ON CONFLICT DO NOTHING"
# The same name for the same person, one after the other.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('people.identity'), hashtext(%s))"


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who came in; or why nobody did: ``replayed``, ``not-here`` or ``changed``."""

    actor: Actor | None
    why: str = ""


@action("tenant.identified")
def sign_in_with_identity(asserted: Asserted, *, by: Actor) -> Recognised:
    """Let in the one living person of a fiscal code; the first time, write down how the provider calls them.

    Nobody coming in is an answer and no exception: a token was shown, and must stay seen. Nobody here, two bodies, a dead
    or merged person are all ``not-here``.
    """
    body = access.agency_of_fiscal_code(code := rules.plain_fiscal_code(asserted.fiscal_code))
    with wall.within(body, ("social",)):
        found = _recognised(asserted, code) if _first_time(asserted.digest) else Recognised(None, "replayed")
    signed = found.actor
    done("E", persons=[signed.person_id] if signed else [], fields=["sign_in"] if signed else ["wrong_identity"], of=body,
         who=replace(signed, source=by.source) if signed else None)  # fmt: skip
    return found


def _first_time(digest: str) -> bool:
    """Note that a token was shown, and forget those of before yesterday."""
    now = clock.now()
    SeenToken.objects.filter(at__lt=now - KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [digest, now])
        return bool(cursor.rowcount == 1)


def _recognised(asserted: Asserted, code: str) -> Recognised:
    rows = list(Person.objects.filter(fiscal_code=code, state="active")[:2]) if code else []
    if len(rows) != 1:
        return Recognised(None, "not-here")
    if not _known_as(rows[0], asserted):
        return Recognised(None, "changed")
    holder = access.tenant_of(rows[0])
    return Recognised(replace(holder, came_by=asserted.way, step=2))


def _known_as(person: Person, asserted: Asserted) -> bool:
    """Tell whether the provider's name is this person's; the first time it becomes so, for good."""
    name = f"{asserted.issuer} {asserted.subject}"
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [name])
    before = Identification.objects.filter(way=asserted.way, subject=name).values_list("person_id", flat=True).first()
    if before is not None:
        return bool(before == person.pk)
    try:
        # One of another body is behind the wall: only the database knows that the name is taken.
        with transaction.atomic():
            Identification.objects.create(agency_id=person.agency_id, person=person, way=asserted.way, subject=name, at=clock.now())
    except IntegrityError:
        return False
    return True
