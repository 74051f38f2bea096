"""In somebody's place: an operator does what the person in front asks for, and both names stay."""

from __future__ import annotations

from dataclasses import replace

from cortile.kit.actor import Actor, Kind
from cortile.people.models import Person


def in_place_of(by: Actor, person: Person) -> Actor:
    """Return an operator as who acts for a person who asked; anybody else is who they are already."""
    return replace(by, for_whom=person.display_name) if by.kind == Kind.STAFF else by
