"""The tenants' sign-in (architecture §5): card number and code; the same answer in all cases."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from cortile.kit import clock, wall
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.people import access, rules
from cortile.people.models import Guess, Person, SignInCode

# Of one browser at one code; and of all browsers nobody knows together. A device she came in with before has its own,
# which nobody else can use up: guessing at her card keeps strangers out and never her.
GUESSES, STRANGERS = 5, 10
_COUNT = """
    INSERT INTO people_guess (agency_id, code_id, browser, recognised, count)
    SELECT agency_id, id, %s, %s, %s FROM people_signincode WHERE id = %s
    ON CONFLICT (code_id, browser) DO UPDATE SET count = EXCLUDED.count
"""


def _hash(card_number: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{card_number}:{code}".encode(), hashlib.sha256).hexdigest()


@action("sign_in_code.issued")
def issue_paper_code(person: Person, *, by: Actor, card_number: str = "") -> tuple[SignInCode, str]:
    """Print a code for a person, or for the card of one of their helpers. Earlier ones of the card, and its sessions, end.

    Returns the row and the code in clear: it is shown once, on paper, and only its hash is kept.
    """
    access.the_one(by, person.pk, "sign_in_code")
    card = card_number or person.card_number
    known = {person.card_number, *person.delegations.values_list("card_number", flat=True)}
    refuse_unless(card in known | set(person.representatives.values_list("card_number", flat=True)), "card-unknown",
                  _("Questa tessera non è di questa persona."))  # fmt: skip
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    now = clock.now()
    SignInCode.objects.filter(card_number=card, channel="paper", expires_at__gt=now).update(expires_at=now)
    row = SignInCode.objects.create(
        agency_id=person.agency_id, person=person, card_number=card, channel="paper", code_hash=_hash(card, code), issued_at=now,
        expires_at=now + rules.PAPER_CODE_LIFE, guesses_left=STRANGERS,
    )  # fmt: skip
    done("C", row, persons=[person.pk], fields=["sign_in_code"])
    return row, code


@action("tenant.signed_in")
def sign_in(
    *, by: Actor, card_number: str, code: str, browser: str = "", recognised: bool = False, channel: str = "paper"
) -> Actor | None:
    """Check a card and its code and return who signed in, or None: the same words, and the same work, always.

    A wrong guess is counted even though nobody comes in, so it must not be rolled back by a refusal. Codes of one channel
    are tried only where they are asked for: guessing at one sent by SMS uses up none of those on paper.
    """
    card = "".join(c for c in card_number if c.isdigit())
    typed = _hash(card, "".join(c for c in code if c.isdigit()))
    with wall.within(access.agency_of_card(card), ("social",)):
        return _checked(card, typed, _Browser(browser, recognised), channel)


@dataclass(frozen=True, slots=True)
class _Browser:
    """Where a code is tried: by its own number, and whether this card came in from it before."""

    number: str
    recognised: bool


def _checked(card: str, typed: str, browser: _Browser, channel: str) -> Actor | None:
    """Every path asks and writes the same statements, on rows that may not be there: neither time nor work tells which."""
    alive = SignInCode.objects.filter(card_number=card, channel=channel, expires_at__gt=clock.now())
    # Held until the answer: guesses sent all at once wait here and are counted one by one.
    row = alive.select_for_update().order_by("-pk").first() or SignInCode(pk=0, code_hash=_hash("0", "0"), guesses_left=0)
    tried = Guess.objects.filter(code_id=row.pk, browser=browser.number).values_list("count", flat=True).first() or 0
    left = bool(row.pk) and tried < GUESSES and (browser.recognised or row.guesses_left > 0)
    right = hmac.compare_digest(row.code_hash, typed) and left
    holder = access.holder_of(card)
    signed = holder if right else None
    _count(row, browser, 0 if signed else tried + left, tried)
    SignInCode.objects.filter(pk=row.pk).update(guesses_left=row.guesses_left, used_at=clock.now() if signed else row.used_at)
    done("E", persons=[signed.person_id] if signed else [], fields=["sign_in"] if signed else ["wrong_code"])
    return signed


def _count(row: SignInCode, browser: _Browser, now: int, before: int) -> None:
    """Note the guesses of a browser; those of one nobody knows are taken from, or given back to, what strangers share."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [browser.number, browser.recognised, now, row.pk])
    if not browser.recognised:
        row.guesses_left = max(row.guesses_left - now + before, 0)
