"""Whose telephone a number is: for what comes in from outside, before anybody is known."""

from __future__ import annotations

from collections.abc import Iterable

from cortile.people import rules
from cortile.people.models import ContactPoint, Person, SearchToken


def owner_of_mobile(number: str, bodies: Iterable[int]) -> Person | None:
    """Return whose own safe mobile a number is, or None: also when anybody else is known by it.

    Only where somebody is being recognised: it looks wherever the wall is open.
    """
    wanted = rules.telephone(number)
    tokens = SearchToken.objects.filter(agency_id__in=list(bodies), token__in=rules.number_tokens([wanted]))
    points = ContactPoint.objects.filter(person__in=tokens.values("person_id")).select_related("person")
    known = [p for p in points if rules.telephone(p.value) == wanted]
    theirs = {p.person for p in known if p.kind == "mobile" and p.safe and not p.shared and p.person.state == "active"}
    return theirs.pop() if len({p.person_id for p in known}) == 1 and theirs else None
