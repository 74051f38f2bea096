"""The invented people of the lane's tests: two associations, who works there, and their phrases."""

from __future__ import annotations

from datetime import UTC, datetime

from cortile.haven import keyring, keys
from cortile.haven.actions import associations
from cortile.haven.models import Association, Operator
from cortile.kit.actor import Actor, Kind, system

NOW = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
SYSTEM = system("prova")
# Quick on purpose: only the tests of slowness stretch a phrase as the lane does.
QUICK = keys.Stretching(memory=64, passes=1, lanes=1)
PHRASES = {"chiara": "quattro parole messe a caso", "giulia": "un altra frase di prova", "dora": "dora ha la sua frase"}
PAPERS: dict[str, list[str]] = {}


def play() -> None:
    """Let the cast in."""
    ours = associations.found(
        "Spazio Aperto", "spazio-aperto", "Chiara", "chiara", PHRASES["chiara"], by=SYSTEM, phone="02 0000 0000", how=QUICK
    )
    PAPERS["spazio-aperto"] = ours.papers
    associations.name_operator(shift("chiara"), "Giulia", "giulia", PHRASES["giulia"], by=at_work("chiara"), how=QUICK)
    theirs = associations.found("La Porta Accanto", "porta-accanto", "Dora", "dora", PHRASES["dora"], by=SYSTEM, how=QUICK)
    PAPERS["porta-accanto"] = theirs.papers
    keyring.forget()


def association(slug: str = "spazio-aperto") -> Association:
    """Return an association of the cast."""
    return Association.objects.get(slug=slug)


def operator(login: str) -> Operator:
    """Return an operator's own row."""
    return Operator.objects.get(login=login)


def at_work(login: str) -> Actor:
    """Return an operator as who acts."""
    member = operator(login)
    role = "lead" if member.leads else "operator"
    return Actor(kind=Kind.STAFF, name=member.name, id=member.pk, role=role, agency_id=member.association_id, purpose="protection")


def token(login: str) -> str:
    """Open an operator's shift with their phrase and return its token."""
    member = operator(login)
    return keyring.opened(member.pk, member.association_id, associations.opened_keys(member, PHRASES[login]))


def shift(login: str) -> keyring.Shift:
    """Return an operator's open shift."""
    found = keyring.of(token(login))
    assert found is not None
    return found
