"""The mailed link a service answers by: a token in the address, a code in a second mail, five guesses, one referral."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import timedelta

from cortile.kit import clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.messages import actions as messages
from cortile.referrals import access, rules
from cortile.referrals.actions import steps
from cortile.referrals.models import PartnerLink, Referral

CODE_LIFE = timedelta(minutes=30)
GUESSES = 5


@action("referral_link.code_asked")
def request_link_code(*, by: Actor, token: str) -> bool:
    """Send a code to the address a link was mailed to. Return whether the link is alive; the page says the same anyway."""
    body = access.agency_of_link(access.hash_of(token))
    with wall.within(body, ("social",)):
        alive = _send_code(access.link_by(access.hash_of(token)), by)
    done("E", fields=["link_code"], of=body)
    return alive


def _send_code(link: PartnerLink | None, by: Actor) -> bool:
    if link is None:
        return False
    if link.code_expires_at is None or link.code_expires_at <= clock.now():
        link.guesses_left = GUESSES  # asking again does not buy more guesses: five each half hour
    if link.guesses_left <= 0:
        return True  # a code that cannot be typed is not mailed; the half hour of the last one runs on
    code = f"{secrets.randbelow(10**6):06d}"
    link.code_expires_at = clock.now() + CODE_LIFE
    link.code_hash = access.hash_of(code)
    link.save(update_fields=["code_hash", "guesses_left", "code_expires_at"])
    row = link.referral
    messages.mail(row.agency, link.email, "partner_code_mail", by=by, values={"code": code}, about=row.thread)
    return True


@action("referral_link.opened")
def open_link(*, by: Actor, token: str, code: str) -> Referral | None:
    """Check the code of a link and return the referral it opens, or None. A wrong guess counts, and its body sees it.

    The first time it opens, the referral is received (FHIR Task).
    """
    body = access.agency_of_link(access.hash_of(token))
    with wall.within(body, ("social",)):
        opened = _check_code(access.link_by(access.hash_of(token)), code)
        who = access.partner_actor(access.session_of(opened)) if opened else None
        if opened is not None and who is not None:
            _receive(opened, who)
    done("E", opened, persons=[opened.person_id] if opened else [], fields=["link_opened" if opened else "wrong_code"],
         who=replace(who, source=by.source) if who else None, of=body)  # fmt: skip
    return opened


def _check_code(found: PartnerLink | None, code: str) -> Referral | None:
    link = found if found is not None and _takes_guesses(found) else None
    typed = access.hash_of("".join(c for c in code if c.isdigit()))
    right = link is not None and hmac.compare_digest(link.code_hash, typed)
    if link is not None:
        link.guesses_left -= 1
        link.code_hash = "" if right else link.code_hash
        link.save(update_fields=["guesses_left", "code_hash"])
    return link.referral if right and link is not None else None


def _takes_guesses(link: PartnerLink) -> bool:
    return link.guesses_left > 0 and link.code_expires_at is not None and link.code_expires_at > clock.now()


def _receive(opened: Referral, who: Actor) -> None:
    row = steps.held(opened.pk, opened.thread_id)
    if rules.allowed("open", row.state):
        row.state = rules.after("open", row.state)
        row.save(update_fields=["state"])
        steps.step(row, "opened", who)
