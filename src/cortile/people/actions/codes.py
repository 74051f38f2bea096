"""A code to a telephone: sent where the card holder alone reads it. What became of it is told to nobody, in words or in work."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q

from cortile.kit import clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.people import access, rules
from cortile.people.access import Telephone
from cortile.people.actions import knocks
from cortile.people.events import CodeAsked
from cortile.people.models import SignInCode

# Written from the person's own row: for nobody the same statement writes none.
_WRITE = """
    INSERT INTO people_signincode
        (agency_id, person_id, card_number, channel, code_hash, issued_at, expires_at, guesses_left, identified)
    SELECT agency_id, id, %s, %s, %s, %s, %s, %s, false FROM people_person WHERE id = %s RETURNING id
"""


@action("sign_in_code.asked")
def send_code(*, by: Actor, card_number: str, channel: str) -> None:
    """Send a code to the telephone of whoever a card lets in, by SMS or spoken; the same answer and the same work always.

    Only where it is theirs alone, and not too often. The one before it ends; those on paper stay. Raise ``ValueError`` for
    a channel that is no telephone.
    """
    if channel not in rules.TELEPHONES:
        raise ValueError(channel)
    card = knocks.digits(card_number)
    asked = knocks.knock(knocks.address(by, "code"), 1)
    body = access.agency_of_card(card)
    with wall.within(body, ("social",)):
        knocks.alone(card)
        # Each is asked before any is weighed: what was found out first must not spare a question.
        whose, too_many = access.telephone_of(card, channel), _too_many(card)
        goes = bool(whose.number) and not too_many and asked <= rules.CODES_OF_ADDRESS
        row = _replaced(card, channel, whose, body=body, goes=goes)
    done("C", row if goes else None, persons=[whose.person_id] if goes else [], fields=["sign_in_code"], of=body)


def _too_many(card: str) -> bool:
    now = clock.now()
    sent = SignInCode.objects.filter(
        card_number=card, channel__in=rules.TELEPHONES, issued_at__gt=now - timedelta(days=1)
    ).aggregate(day=Count("pk"), hour=Count("pk", filter=Q(issued_at__gt=now - timedelta(hours=1))))
    return bool(sent["hour"] >= rules.CODES_AN_HOUR or sent["day"] >= rules.CODES_A_DAY)


def _replaced(card: str, channel: str, whose: Telephone, *, body: int | None, goes: bool) -> SignInCode:
    """End the codes before, write a new one and tell the room that carries it: with no telephone, all of it on no row."""
    now, code = clock.now(), f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    before = SignInCode.objects.filter(card_number=card if goes else "", channel__in=rules.TELEPHONES, expires_at__gt=now)
    before.update(expires_at=now)
    row = SignInCode(pk=_written(card, channel, code, now, whose.person_id if goes else 0))
    emit(CodeAsked(row.pk, card if goes else "", channel, whose.number if goes else "", whose.language, body, code))
    return row


def _written(card: str, channel: str, code: str, now: datetime, person_id: int) -> int:
    hashed, ends = knocks.hashed(card, code), now + rules.SENT_CODE_LIFE
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [card, channel, hashed, now, ends, rules.SENT_CODE_GUESSES, person_id])
        found = cursor.fetchone()
    return int(found[0]) if found else 0
