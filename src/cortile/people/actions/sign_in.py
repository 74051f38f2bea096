"""The tenants' sign-in (architecture §5): card number and code; the same answer in all cases."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from cortile.kit import clock, wall
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.people import access, rules
from cortile.people.actions import knocks
from cortile.people.actions.identification import identify
from cortile.people.models import Guess, Person, SignInCode

PAPER = "paper"
# Wrong guesses at one code: of a browser; of an address; of all strangers; of all the devices it was used from before,
# which strangers cannot use up. And at whatever cards, of an address in an hour.
GUESSES, HERE, STRANGERS, KNOWN, KNOCKS = 5, 10, 50, 15, 20
_COUNT = """
    INSERT INTO people_guess (agency_id, code_id, browser, recognised, count)
    SELECT agency_id, id, %s, %s, %s FROM people_signincode WHERE id = %s
    ON CONFLICT (code_id, browser) DO UPDATE SET count = EXCLUDED.count
"""


@action("sign_in_code.issued")
def issue_paper_code(person: Person, *, by: Actor, card_number: str = "", document: str = "") -> tuple[SignInCode, str]:
    """Print a code for a person, or for the card of one of their helpers. Earlier ones of the card, and its sessions, end.

    With a ``document`` the operator has just looked at, the code opens what only who is known may see: of their own card only.
    Returns the row and the code in clear: it is shown once, on paper, and only its hash is kept. Raise ``Refused`` with
    ``card-unknown``, ``document-of-another``, and as ``identify`` does.
    """
    access.the_one(by, person.pk, "sign_in_code")
    card = card_number or person.card_number
    known = {person.card_number, *person.delegations.values_list("card_number", flat=True)}
    refuse_unless(card in known | set(person.representatives.values_list("card_number", flat=True)), "card-unknown",
                  _("Questa tessera non è di questa persona."))  # fmt: skip
    if document:
        refuse_unless(card == person.card_number, "document-of-another", _("Il documento si guarda per la tessera della persona."))
        identify(person, by=by, document=document)
    code = f"{secrets.randbelow(10**rules.PAPER_DIGITS):0{rules.PAPER_DIGITS}d}"
    now = clock.now()
    SignInCode.objects.filter(card_number=card, channel="paper", expires_at__gt=now).update(expires_at=now)
    row = SignInCode.objects.create(
        agency_id=person.agency_id, person=person, card_number=card, channel="paper", code_hash=knocks.hashed(card, code),
        issued_at=now, expires_at=now + rules.PAPER_CODE_LIFE, guesses_left=STRANGERS, identified=bool(document),
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
    card = knocks.digits(card_number)
    typed = knocks.hashed(card, knocks.digits(code))
    # Whatever a telephone was sent has five guesses in all, also of a device that is known.
    tried_at = _Browser(browser, recognised and channel == PAPER, knocks.address(by))
    before = knocks.knock(tried_at.address, 0)
    body = access.agency_of_card(card)
    with wall.within(body, ("social",)):
        signed = _checked(card, typed, tried_at, channel, before)
    knocks.knock(tried_at.address, 0 if signed else 1)
    done("E", persons=[signed.person_id] if signed else [], fields=["sign_in"] if signed else ["wrong_code"], of=body,
         who=replace(signed, source=by.source) if signed else None)  # fmt: skip
    return signed


@dataclass(frozen=True, slots=True)
class _Browser:
    """Where a code is tried: by its own number, whether its code was used there before, and from which address."""

    number: str
    recognised: bool
    address: str

    @property
    def here(self) -> str:
        """Return the name under which the guesses of the address are counted, beside those of browsers."""
        return f"addr:{self.address}"


def _checked(card: str, typed: str, browser: _Browser, channel: str, before: int) -> Actor | None:
    """Every path asks and writes the same statements, on rows that may not be there: neither time nor work tells which."""
    # Held until the answer, for a card of nobody too: guesses sent all at once wait here and are counted one by one.
    knocks.alone(card)
    alive = SignInCode.objects.filter(card_number=card, channel=channel, expires_at__gt=clock.now())
    row = alive.select_for_update().order_by("-pk").first() or _no_code()
    tried, here, known = _tried(row, browser)
    strangers = row.guesses_left > 0 and before < KNOCKS and (here < HERE or not browser.address)
    left = bool(row.pk) and tried < GUESSES and (known < KNOWN if browser.recognised else strangers)
    right = hmac.compare_digest(row.code_hash, typed) and left
    holder = access.holder_of(card)
    signed = replace(holder, came_by=channel, step=2 if row.identified else 1) if right and holder else None
    _count(row, browser, (0 if signed else tried + left) - tried, tried, here)
    _use(row, now=clock.now() if signed else None)
    return signed


def _no_code() -> SignInCode:
    return SignInCode(pk=0, code_hash=knocks.hashed("0", "0"), guesses_left=0, expires_at=clock.now())


def _use(row: SignInCode, *, now: datetime | None) -> None:
    """Note the guesses of a code, and its use: what was sent to a telephone has one, paper as many as its days allow."""
    ends = row.expires_at if now is None or row.channel == PAPER else now
    SignInCode.objects.filter(pk=row.pk).update(guesses_left=row.guesses_left, used_at=now or row.used_at, expires_at=ends)


def _tried(row: SignInCode, browser: _Browser) -> tuple[int, int, int]:
    """Return the wrong guesses at a code: of a browser, of its address, and of all devices that are known."""
    found = Guess.objects.filter(code_id=row.pk).aggregate(
        tried=Sum("count", filter=Q(browser=browser.number), default=0),
        here=Sum("count", filter=Q(browser=browser.here), default=0),
        known=Sum("count", filter=Q(recognised=True), default=0),
    )
    return found["tried"], found["here"], found["known"]


def _count(row: SignInCode, browser: _Browser, more: int, tried: int, here: int) -> None:
    """Note the guesses of a browser; a stranger's are taken from, or given back to, what address and strangers share."""
    shared = 0 if browser.recognised else more
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [browser.number, browser.recognised, tried + more, row.pk])
        cursor.execute(_COUNT, [browser.here, False, max(here + shared, 0), row.pk])
    row.guesses_left = max(row.guesses_left - shared, 0)
