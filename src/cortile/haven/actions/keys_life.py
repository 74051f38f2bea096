"""What happens to an association's keys in a life: turned, lost, given back by two papers; somebody goes, a phrase changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cortile.haven import keyring, keys, shares
from cortile.haven.actions import associations, resealing
from cortile.haven.models import Association, AssociationKey, Operator
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused


@dataclass(frozen=True, slots=True)
class Turned:
    """Keys just turned: the new version, how much was closed again, and the three new papers that are shown once."""

    version: int
    records: int
    entries: int
    papers: list[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recovered:
    """An association opened again by two papers: who leads it now, and the three new papers that are shown once."""

    lead: Operator
    papers: list[str] = field(repr=False)


@action("haven.keys.turned")
def turn_keys(shift: keyring.Shift, *, by: Actor) -> Turned:
    """Turn an association's key: a new pair, a new key for each record, everything closed again, three new papers.

    New papers each time, and not the same: whoever held one of the old and left holds nothing. Old versions stay with who works
    here, for the audit alone: it is append-only, and nothing else is closed with them. Raise ``Refused`` of ``shift-old``,
    ``key-foreign``, and ``operator-unknown`` where somebody's public key was changed by who does not hold the association's.
    """
    association = associations.current(shift, still=True)
    operators = list(association.operators.filter(active=True))
    for operator in operators:
        associations.vouched_for(operator, shift.key(association.key_version))
    pair, version = keys.fresh_pair(), association.key_version + 1
    AssociationKey.objects.create(association=association, version=version, public=pair.public, recovery=b"")
    records, entries = resealing.everything(shift, association, resealing.Target(version, pair.public))
    association.key_version = version
    association.save(update_fields=["key_version", "signing_closed"])
    for operator in operators:
        associations.grant(operator, {version: pair.private})
    papers = _new_papers(association, {**shift.private, version: pair.private})
    keyring.hand_over(association.pk, version, pair.private)
    shift.private[version] = pair.private
    done("U", association, fields=["key"])
    return Turned(version, records, entries, papers)


@action("haven.papers.drawn")
def draw_papers(shift: keyring.Shift, *, by: Actor) -> list[str]:
    """Draw three new papers: the old ones open nothing any more. Raise ``Refused('shift-old')``."""
    association = associations.current(shift)
    papers = _new_papers(association, shift.private)
    done("U", association, fields=["papers"])
    return papers


@action("haven.operator.let_go")
def let_go(shift: keyring.Shift, operator: Operator, *, by: Actor) -> Turned:
    """Let somebody go: their grants and their own key are deleted, their shift ends now, and the keys are turned.

    Raise ``NotVisible`` for somebody of another association, ``Refused('last-lead')`` where nobody would lead it, and
    ``Refused('own-leaving')`` for oneself: the turned key is one the leaver never had.
    """
    # First of all: a phrase that is being changed is waited for, and none is begun until the leaver is gone.
    associations.current(shift, still=True)
    _ours(shift, operator)
    others = Operator.objects.filter(association_id=shift.association_id, leads=True, active=True).exclude(pk=operator.pk)
    refuse_unless(
        not operator.leads or others.exists(),
        "last-lead",
        "Resta almeno una responsabile.",
        "Prima fai entrare un'altra responsabile.",
    )
    refuse_unless(
        operator.pk != shift.operator_id, "own-leaving", "Non puoi farti uscire da sola.", "Chiedilo a un'altra responsabile."
    )
    operator.active, operator.private_closed = False, b""
    operator.save(update_fields=["active", "private_closed"])
    operator.grants.all().delete()
    keyring.close_all_of(operator.pk)
    done("U", operator, fields=["active"])
    return turn_keys(shift, by=by)


@action("haven.operator.let_in_again")
def let_in_again(
    shift: keyring.Shift, operator: Operator, phrase: str, *, by: Actor, how: keys.Stretching | None = None
) -> Operator:
    """Let in again somebody who lost their phrase, with one to change at once: a new pair, every version sealed to it.

    Raise ``NotVisible``, ``Refused('own-phrase')`` for oneself and ``Refused('phrase-short')``.
    """
    _ours(shift, operator)
    associations.current(shift)
    refuse_unless(operator.pk != shift.operator_id, "own-phrase", "Questa sei tu.", "Cambia la tua frase dalla pagina della frase.")
    associations.long_enough(phrase)
    back = {"active": True, "must_change": True, "wrong": 0, "shut_until": None}
    _closed_anew(operator, shift.private, {**associations.closed_under(phrase, operator.login, how), **back})
    done("U", operator, fields=["phrase"])
    return operator


@action("haven.phrase.changed")
def change_phrase(
    shift: keyring.Shift, operator: Operator, old: str, new: str, *, by: Actor, how: keys.Stretching | None = None
) -> str:
    """Change one's own phrase, with a fresh pair, and return the token of a new shift; an empty one where the old phrase is wrong.

    Every other shift of hers ends. A wrong phrase is counted, as at the sign-in. Raise ``Refused('phrase-short')`` and
    ``Refused('phrase-same')``, and ``NotVisible`` for somebody who was let go in the meantime.
    """
    associations.current(shift)
    _ours(shift, operator)
    # Her row as it is now: one read before she was let go would bring her back.
    operator = Operator.objects.select_for_update().get(pk=operator.pk)
    if not operator.active:
        raise NotVisible
    refuse_unless(operator.pk == shift.operator_id, "not-yours", "Questa frase non è tua.", "Ognuna cambia la sua.")
    associations.long_enough(new)
    refuse_unless(new != old, "phrase-same", "La frase nuova è uguale alla vecchia.", "Scegline un'altra.")
    private = associations.tried(operator, old)
    done("U", operator, fields=["phrase" if private else "refused"])
    if not private:
        return ""
    _closed_anew(operator, private, {**associations.closed_under(new, operator.login, how), "must_change": False})
    return keyring.opened(operator.pk, operator.association_id, private)


@action("haven.association.recovered")
def recover(
    association: Association,
    papers: Sequence[str],
    name: str,
    login: str,
    phrase: str,
    *,
    by: Actor,
    how: keys.Stretching | None = None,
) -> Recovered:
    """Open an association nobody can open any more, with two of its papers: a new lead, and three new papers.

    Raise ``Refused('papers-wrong')`` for one paper, a misspelt one, or papers that were drawn again since; and what a new
    operator raises.
    """
    private = opened_by(association, papers)
    lead = associations.new_operator(association, name, login, phrase, leads=True, how=how)
    associations.grant(lead, private)
    drawn = _new_papers(association, private)
    done("E", association, of=association.pk, fields=["papers"])
    return Recovered(lead, drawn)


def opened_by(association: Association, papers: Sequence[str]) -> dict[int, bytes]:
    """Return an association's private keys by version, opened with papers. Raise ``Refused('papers-wrong')``."""
    try:
        secret = shares.joined(papers)
        return {
            key.version: keys.decrypt(secret, bytes(key.recovery), associations.recovery_context(association.pk, key.version))
            for key in association.association_keys.all()
        }
    except keys.UnreadableError as wrong:
        raise Refused(
            "papers-wrong", "Queste carte non aprono.", "Servono due carte dello stesso gruppo, le ultime fatte."
        ) from wrong


def _ours(shift: keyring.Shift, operator: Operator) -> None:
    if operator.association_id != shift.association_id:
        raise NotVisible


def _closed_anew(operator: Operator, private: Mapping[int, bytes], columns: Mapping[str, Any]) -> None:
    """Give somebody a fresh pair under a phrase: an old copy of their row with the old phrase opens old copies alone."""
    for column, value in columns.items():
        setattr(operator, column, value)
    operator.save(update_fields=columns.keys())
    associations.grant(operator, private)
    keyring.close_all_of(operator.pk)


def _new_papers(association: Association, private: Mapping[int, bytes]) -> list[str]:
    """Close every version under a new secret, and split it: older papers give a secret that opens nothing."""
    secret = shares.fresh_secret()
    for key in association.association_keys.all():
        key.recovery = keys.encrypt(secret, private[key.version], associations.recovery_context(association.pk, key.version))
        key.save(update_fields=["recovery"])
    return shares.split(secret)
