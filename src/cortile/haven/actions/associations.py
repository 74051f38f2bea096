"""Founding an association, naming its operators, opening their shifts, turning its keys, letting somebody go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.haven import keyring, keys, shares
from cortile.haven.models import Association, AssociationKey, Chain, KeyGrant, Operator
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

# Five wrong phrases shut a login for a quarter of an hour.
GUESSES, SHUT = 5, timedelta(minutes=15)
SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Founded:
    """An association just founded: its row, who leads it, and the three papers that are shown once (2 of 3 open it again)."""

    association: Association
    lead: Operator
    papers: list[str]


def grant_context(operator_id: int, version: int) -> str:
    """Return what an operator's copy of the association's key is bound to."""
    return f"haven_keygrant|sealed|{operator_id}|{version}"


def recovery_context(association_id: int, version: int) -> str:
    """Return what the copy the papers open is bound to."""
    return f"haven_associationkey|recovery|{association_id}|{version}"


def signing_context(association_id: int) -> str:
    """Return what the association's signing key is bound to."""
    return f"haven_association|signing_closed|{association_id}"


def own_context(login: str) -> str:
    """Return what an operator's private key is bound to."""
    return f"haven_operator|private_closed|{login}"


@action("haven.association.founded")
def found(name: str, slug: str, lead: str, login: str, phrase: str, *, by: Actor, phone: str = "", how: keys.Stretching | None = None) -> Founded:
    """Found an association: its pair, its signing key, its first operator and the three papers of its recovery.

    Raise ``Refused('phrase-short')`` for a phrase under twelve characters.
    """
    refuse_unless(len(phrase) >= SHORTEST, "phrase-short", "La frase è troppo corta.", "Usa almeno dodici caratteri: quattro parole a caso.")
    pair, signing, secret = keys.fresh_pair(), Ed25519PrivateKey.generate(), shares.fresh_secret()
    public = signing.public_key().public_bytes_raw()
    association = Association.objects.create(slug=slug, name=name, phone=phone, signing_public=public, signing_closed=b"")
    association.signing_closed = keys.seal(pair.public, signing.private_bytes_raw(), signing_context(association.pk))
    association.save(update_fields=["signing_closed"])
    recovery = keys.encrypt(secret, pair.private, recovery_context(association.pk, 1))
    AssociationKey.objects.create(association=association, version=1, public=pair.public, recovery=recovery)
    Chain.objects.create(association=association)
    first = _operator(association, lead, login, phrase, leads=True, how=how or keys.Stretching())
    _grant(first, 1, pair.private)
    done("C", association, of=association.pk)
    return Founded(association, first, shares.split(secret))


def _operator(association: Association, name: str, login: str, phrase: str, *, leads: bool, how: keys.Stretching) -> Operator:
    """Make somebody's pair, closed under their phrase."""
    pair, salt = keys.fresh_pair(), keys.fresh_salt()
    closed = keys.encrypt(keys.stretched(phrase, salt, how), pair.private, own_context(login))
    return Operator.objects.create(
        association=association, login=login, name=name, leads=leads, public=pair.public, private_closed=closed,
        salt=salt, memory=how.memory, passes=how.passes, lanes=how.lanes,
    )  # fmt: skip


def _grant(operator: Operator, version: int, private: bytes) -> None:
    """Seal the association's private key of a version to one operator."""
    sealed = keys.seal(bytes(operator.public), private, grant_context(operator.pk, version))
    KeyGrant.objects.update_or_create(operator=operator, version=version, defaults={"sealed": sealed})


@action("haven.operator.named")
def name_operator(shift: keyring.Shift, name: str, login: str, phrase: str, *, by: Actor, leads: bool = False, how: keys.Stretching | None = None) -> Operator:
    """Let somebody in: their pair, and every version of the association's key sealed to it.

    Raise ``Refused('login-taken')`` and ``Refused('phrase-short')``.
    """
    refuse_unless(len(phrase) >= SHORTEST, "phrase-short", "La frase è troppo corta.", "Usa almeno dodici caratteri: quattro parole a caso.")
    refuse_unless(not Operator.objects.filter(login=login).exists(), "login-taken", "Questo nome d'accesso c'è già.", "Scegline un altro.")
    association = Association.objects.get(pk=shift.association_id)
    operator = _operator(association, name, login, phrase, leads=leads, how=how or keys.Stretching())
    for version, private in shift.private.items():
        _grant(operator, version, private)
    done("C", operator)
    return operator


def opened_keys(operator: Operator, phrase: str) -> dict[int, bytes]:
    """Return the association's private keys by version, opened with a phrase; raise ``UnreadableError`` for a wrong one."""
    how = keys.Stretching(operator.memory, operator.passes, operator.lanes)
    own = keys.decrypt(keys.stretched(phrase, bytes(operator.salt), how), bytes(operator.private_closed), own_context(operator.login))
    return {
        grant.version: keys.unseal(own, bytes(grant.sealed), grant_context(operator.pk, grant.version))
        for grant in operator.grants.all()
    }


@action("haven.shift.opened")
def open_shift(operator: Operator, phrase: str, *, by: Actor) -> str:
    """Open a shift with a phrase and return its token; an empty one where the phrase is wrong or the login is shut.

    A wrong phrase is counted; five shut the login for fifteen minutes. It is not raised: the count must stay.
    """
    shut = operator.shut_until is not None and clock.now() < operator.shut_until
    private = {} if shut or not operator.active else _tried(operator, phrase)
    done("E", operator, of=operator.association_id, who=by, fields=["opened" if private else "refused"])
    return keyring.opened(operator.pk, operator.association_id, private) if private else ""


def _tried(operator: Operator, phrase: str) -> dict[int, bytes]:
    try:
        private = opened_keys(operator, phrase)
    except keys.UnreadableError:
        operator.wrong += 1
        if operator.wrong >= GUESSES:
            operator.wrong, operator.shut_until = 0, clock.now() + SHUT
        operator.save(update_fields=["wrong", "shut_until"])
        return {}
    operator.wrong, operator.shut_until = 0, None
    operator.save(update_fields=["wrong", "shut_until"])
    return private
