"""The tenants' sign-in (architecture §5): card number and code; the same answer in all cases."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from cortile.kit import clock, wall
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.people import access, rules
from cortile.people.models import (
    Delegation,
    Person,
    Representative,
    SignInCode,
)

GUESSES = 5


def _hash(card_number: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{card_number}:{code}".encode(), hashlib.sha256).hexdigest()


@action("sign_in_code.issued")
def issue_paper_code(person: Person, *, by: Actor, card_number: str = "") -> tuple[SignInCode, str]:
    """Print a code for a person, or for the card of one of their helpers. Earlier codes of the card stop working.

    Returns the row and the code in clear: it is shown once, on paper, and only its hash is kept.
    """
    access.the_one(by, person.pk, "sign_in_code")
    card = card_number or person.card_number
    known = {person.card_number, *person.delegations.values_list("card_number", flat=True)}
    refuse_unless(card in known | set(person.representatives.values_list("card_number", flat=True)), "card-unknown",
                  _("Questa tessera non è di questa persona."))  # fmt: skip
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    now = clock.now()
    SignInCode.objects.filter(card_number=card, expires_at__gt=now).update(expires_at=now)
    row = SignInCode.objects.create(
        agency_id=person.agency_id, person=person, card_number=card, channel="paper", code_hash=_hash(card, code), issued_at=now,
        expires_at=now + rules.PAPER_CODE_LIFE,
    )  # fmt: skip
    done("C", row, persons=[person.pk], fields=["sign_in_code"])
    return row, code


@action("tenant.signed_in")
def sign_in(*, by: Actor, card_number: str, code: str) -> Actor | None:
    """Check a card and its code and return who signed in, or None: the same words, always.

    A wrong guess is counted even though nobody comes in, so it must not be rolled back by a refusal.
    """
    card = "".join(c for c in card_number if c.isdigit())
    typed = _hash(card, "".join(c for c in code if c.isdigit()))
    with wall.within(access.agency_of_card(card), ("social",)):
        return _checked(card, typed)


def _checked(card: str, typed: str) -> Actor | None:
    alive = SignInCode.objects.filter(card_number=card, expires_at__gt=clock.now(), guesses_left__gt=0)
    # Held until the answer: guesses sent all at once wait here and are counted one by one.
    row = alive.select_for_update().order_by("-pk").first()
    right = hmac.compare_digest(row.code_hash if row is not None else _hash("0", "0"), typed) and row is not None
    signed = _holder(card) if right else None
    left: dict[str, Any] = {"guesses_left": GUESSES, "used_at": clock.now()} if signed else {"guesses_left": F("guesses_left") - 1}
    # The same statements for a card nobody has: how long an answer takes tells nothing either.
    SignInCode.objects.filter(pk=row.pk if row is not None else 0).update(**left)
    done("E", persons=[signed.person_id] if signed else [], fields=["sign_in"] if signed else ["wrong_code"])
    return signed


def _holder(card: str) -> Actor | None:
    for model, kind in ((Person, Kind.TENANT), (Delegation, Kind.DELEGATE), (Representative, Kind.REPRESENTATIVE)):
        found = model.objects.filter(card_number=card).values_list("pk", "agency_id").first()
        if found is not None:
            return access.tenant_actor({"kind": str(kind), "id": found[0], "agency": found[1]})
    return None
