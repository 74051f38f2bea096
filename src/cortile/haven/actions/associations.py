"""Founding an association, naming its operators, opening their shifts. Turning keys and letting somebody go: ``keys_life``."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.haven import access, keyring, keys, shares
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
    papers: list[str] = field(repr=False)


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
def found(
    name: str, slug: str, lead: str, login: str, phrase: str, *, by: Actor, phone: str = "", how: keys.Stretching | None = None
) -> Founded:
    """Found an association: its pair, its signing key, its first operator and the three papers of its recovery.

    Raise ``Refused('phrase-short')`` for a phrase under twelve characters.
    """
    long_enough(phrase)
    pair, signing, secret = keys.fresh_pair(), Ed25519PrivateKey.generate(), shares.fresh_secret()
    public = signing.public_key().public_bytes_raw()
    association = Association.objects.create(slug=slug, name=name, phone=phone, signing_public=public, signing_closed=b"")
    association.signing_closed = keys.seal(pair.public, signing.private_bytes_raw(), signing_context(association.pk))
    association.save(update_fields=["signing_closed"])
    recovery = keys.encrypt(secret, pair.private, recovery_context(association.pk, 1))
    AssociationKey.objects.create(association=association, version=1, public=pair.public, recovery=recovery)
    Chain.objects.create(association=association)
    first = new_operator(association, lead, login, phrase, leads=True, how=how)
    grant(first, {1: pair.private})
    done("C", association, of=association.pk)
    return Founded(association, first, shares.split(secret))


def long_enough(phrase: str) -> None:
    """Raise ``Refused('phrase-short')`` for a phrase under twelve characters."""
    refuse_unless(
        len(phrase) >= SHORTEST, "phrase-short", "La frase è troppo corta.", "Usa almeno dodici caratteri: quattro parole a caso."
    )


def closed_under(phrase: str, login: str, how: keys.Stretching | None = None) -> dict[str, Any]:
    """Return the columns of a fresh pair, closed under a phrase."""
    pair, salt, slow = keys.fresh_pair(), keys.fresh_salt(), how or keys.Stretching()
    closed = keys.encrypt(keys.stretched(phrase, salt, slow), pair.private, own_context(login))
    return {
        "public": pair.public,
        "private_closed": closed,
        "salt": salt,
        "memory": slow.memory,
        "passes": slow.passes,
        "lanes": slow.lanes,
    }


def new_operator(
    association: Association, name: str, login: str, phrase: str, *, how: keys.Stretching | None = None, **more: bool
) -> Operator:
    """Make somebody's row and pair. Raise ``Refused`` of ``login-taken``, ``name-missing`` and ``phrase-short``."""
    login, name = login.strip().lower(), " ".join(name.split())
    refuse_unless(name and login, "name-missing", "Manca il nome.", "Scrivi il nome e il nome d'accesso.")
    long_enough(phrase)
    refuse_unless(
        not Operator.objects.filter(login=login).exists(), "login-taken", "Questo nome d'accesso c'è già.", "Scegline un altro."
    )
    return Operator.objects.create(association=association, login=login, name=name, **more, **closed_under(phrase, login, how))


def grant(operator: Operator, private: Mapping[int, bytes]) -> None:
    """Seal the association's private keys, by version, to one operator."""
    for version, key in private.items():
        sealed = keys.seal(bytes(operator.public), key, grant_context(operator.pk, version))
        KeyGrant.objects.update_or_create(operator=operator, version=version, defaults={"sealed": sealed})
    operator.vouched = _vouch(operator, private[max(private)])
    operator.save(update_fields=["vouched"])


def vouched_for(operator: Operator, private: bytes) -> None:
    """Raise ``Refused('operator-unknown')`` where an operator's public key is not the one the association's key was granted to.

    Anybody can seal to a public key: one planted in the table would be given the next key of the association.
    """
    refuse_unless(
        hmac.compare_digest(bytes(operator.vouched), _vouch(operator, private)),
        "operator-unknown",
        "La chiave di una persona è stata cambiata da fuori.",
        "Falla uscire e falla entrare di nuovo.",
    )


def _vouch(operator: Operator, private: bytes) -> bytes:
    place = f"haven_operator|public|{operator.association_id}|{operator.pk}|{operator.login}|"
    return hmac.digest(private, place.encode() + bytes(operator.public), "sha256")


def current(shift: keyring.Shift, *, still: bool = False) -> Association:
    """Return the association of a shift, its keys standing until the act ends.

    Raise ``Refused('shift-old')`` where the keys were turned and the shift has not the newest, and ``Refused('key-foreign')`` where
    what everything new is sealed to is not the public half of it.
    """
    access.keys_stand(shift.association_id, still=still)
    association = Association.objects.get(pk=shift.association_id)
    refuse_unless(
        association.key_version in shift.private,
        "shift-old",
        "Le chiavi sono cambiate da poco.",
        "Chiudi il turno e aprilo di nuovo.",
    )
    newest = access.newest(association.pk)
    ours = keys.public_of(shift.private[association.key_version])
    refuse_unless(
        (newest.version, bytes(newest.public)) == (association.key_version, ours),
        "key-foreign",
        "La chiave dell'associazione è stata cambiata da fuori.",
        "Chiudi il turno e avvisa chi cura il sistema.",
    )
    return association


@action("haven.operator.named")
def name_operator(
    shift: keyring.Shift, name: str, login: str, phrase: str, *, by: Actor, leads: bool = False, must_change: bool = False,
    how: keys.Stretching | None = None,
) -> Operator:  # fmt: skip
    """Let somebody in: their pair, and every version of the association's key sealed to it.

    ``must_change`` where somebody else chose the phrase. Raise ``Refused('login-taken')``, ``Refused('name-missing')`` and
    ``Refused('phrase-short')``.
    """
    association = current(shift)
    operator = new_operator(association, name, login, phrase, leads=leads, must_change=must_change, how=how)
    grant(operator, shift.private)
    done("C", operator)
    return operator


def own_key(operator: Operator, phrase: str) -> bytes:
    """Return an operator's own private key, slowly; raise ``UnreadableError`` for a wrong phrase."""
    how = keys.Stretching(operator.memory, operator.passes, operator.lanes)
    return keys.decrypt(
        keys.stretched(phrase, bytes(operator.salt), how), bytes(operator.private_closed), own_context(operator.login)
    )


def opened_keys(operator: Operator, phrase: str) -> dict[int, bytes]:
    """Return the association's private keys by version, opened with a phrase; raise ``UnreadableError`` for a wrong one."""
    own = own_key(operator, phrase)
    return {
        grant.version: keys.unseal(own, bytes(grant.sealed), grant_context(operator.pk, grant.version))
        for grant in operator.grants.all()
    }


@action("haven.shift.opened")
def open_shift(operator: Operator, phrase: str, *, by: Actor) -> str:
    """Open a shift with a phrase and return its token; an empty one where the phrase is wrong or the login is shut.

    A wrong phrase is counted; five shut the login for fifteen minutes. It is not raised: the count must stay.
    """
    private = tried(operator, phrase)
    done(
        "E",
        operator,
        of=operator.association_id,
        who=access.at_work(operator) if private else by,
        fields=["opened" if private else "refused"],
    )
    return keyring.opened(operator.pk, operator.association_id, private) if private else ""


def tried(operator: Operator, phrase: str) -> dict[int, bytes]:
    """Return what a phrase opens, nothing where it is wrong, the login shut or its owner gone. Each wrong one is counted.

    Guesses wait for each other, so that each counts, and for whoever lets its owner go.
    """
    access.keys_stand(operator.association_id)
    operator = Operator.objects.select_for_update().get(pk=operator.pk)
    if not operator.active or (operator.shut_until is not None and clock.now() < operator.shut_until):
        return {}
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
