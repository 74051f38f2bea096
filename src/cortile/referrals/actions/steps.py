"""Small steps the acts of this room share. Each runs inside an act's transaction and is never called by a door."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from cortile.agencies.policy import PARTNER
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening.actions import services as threads
from cortile.messages import actions as messages
from cortile.referrals import access, rules
from cortile.referrals.models import PartnerLink, Referral, Step
from cortile.referrals.rules import Calendar
from cortile.referrals.states import TURNED_DOWN, WAITING

LINK_LIFE = timedelta(days=30)


def check(condition: object, code: str, **names: object) -> None:
    """Raise the refusal with a code unless the condition holds."""
    if not condition:
        raise access.refuse(code, **names)


def next_number() -> int:
    """Return the next number from the database's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('referrals_referral_number')")
        return int(cursor.fetchone()[0])


def calendar(row: Referral) -> Calendar:
    """Return the working days of the body that sent it."""
    return Calendar(row.agency.holiday_subdivision)


def answers_as(by: Actor) -> str:
    """Return what somebody who speaks for the service does: the service by its link, or we who heard it on the phone."""
    return "answer" if by.role == PARTNER else "follow"


def locked(referral: Referral, act: str, what: str, by: Actor) -> Referral:
    """Take a referral for an act: who (access), then what the state allows (rules). The request's row is held first.

    Raise ``NotVisible`` for who may not, ``Refused('not-in-this-state')`` for what is over or elsewhere.
    """
    seen = access.visible_to(by, what).filter(pk=referral.pk).first()
    if seen is None:
        raise NotVisible
    row = held(seen.pk, seen.thread_id)
    check(row.closed_at is None and rules.allowed(act, row.state), "not-in-this-state")
    return row


def held(referral_id: int, thread_id: int) -> Referral:
    """Take a referral's row for writing, after its request's."""
    thread = threads.held(thread_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("person", "service__organization", "agency", "consent")
    row = rows.get(pk=referral_id)
    row.thread = thread
    return row


def step(row: Referral, kind: str, by: Actor, words: str = "", /, **data: object) -> Step:
    """Add a line to a referral."""
    return Step.objects.create(
        agency_id=row.agency_id, referral=row, kind=kind, at=clock.now(), by_name=by.name, words=words.strip(),
        data={"service": row.service.name} | data,
    )  # fmt: skip


def hand(row: Referral, ball: str, day: date | None) -> list[str]:
    """Say whose turn it is and until when; does not save."""
    row.ball, row.next_date = ball, day
    return ["ball", "next_date"]


def ours(row: Referral) -> list[str]:
    """Bring the ball to us, for the next working day; does not save."""
    return hand(row, "us", calendar(row).next(clock.today()))


def waits_for_service(row: Referral) -> list[str]:
    """Give the service the ball and start its clock; does not save."""
    row.waits_since, row.reminded_at = clock.today(), None
    day = rules.remind_on(row.waits_since, row.check_on, calendar(row))
    return [*hand(row, "service", day), "waits_since", "reminded_at"]


def over(row: Referral, act: str) -> list[str]:
    """End a referral where an act leads; does not save."""
    row.state, row.closed_at = rules.after(act, row.state), clock.now()
    return ["state", "closed_at", *hand(row, "us", None)]


def of_its_group(row: Referral) -> QuerySet[Referral]:
    """Return the other referrals sent together with one, that are still open."""
    root = row.parent_id if row.why_parent == "collective" else row.pk
    group = Q(pk=root) | Q(parent_id=root, why_parent="collective")
    return Referral.objects.filter(group, closed_at=None).exclude(pk=row.pk)


def others_wait(row: Referral) -> bool:
    """Tell whether another service of the same request has still to answer, or has said yes."""
    rows = Referral.objects.filter(thread_id=row.thread_id, closed_at=None).exclude(pk=row.pk)
    return rows.exclude(state__in=TURNED_DOWN).exclude(ball="us").exists()


def group_waits(row: Referral) -> bool:
    """Tell whether a service asked together with one has still to answer, or has said yes: of another need she is told anyway."""
    return of_its_group(row).exclude(state__in=TURNED_DOWN).exclude(ball="us").exists()


def is_waiting(row: Referral) -> bool:
    """Tell whether the service has still to say yes or no."""
    return row.state in WAITING


def mail_link(row: Referral, key: str, by: Actor) -> None:
    """Mail the service a link to this referral alone; the mail says a number and a day, no need and no person."""
    if not row.sent_to:
        return
    token, now = secrets.token_urlsafe(24), clock.now()
    PartnerLink.objects.create(
        agency_id=row.agency_id, referral=row, token_hash=access.hash_of(token), email=row.sent_to, created_at=now,
        expires_at=now + LINK_LIFE,
    )  # fmt: skip
    mail_service(row, key, by, link=f"{settings.PUBLIC_ADDRESS}/servizio/l/{token}/")


def mail_service(row: Referral, key: str, by: Actor, **values: object) -> None:
    """Mail the service something about a referral."""
    if row.sent_to:
        known: dict[str, object] = {"service": row.service.name, "number": row.number, "agency": row.agency.short_name}
        known["date"] = row.next_date or clock.today()
        messages.mail(row.agency, row.sent_to, key, by=by, values=known | values, about=row.thread)


def mail_supervisor(row: Referral, by: Actor) -> None:
    """Tell the lead under whose name an urgent duty leaves, at once: who sends only picked that name."""
    if row.supervisor is not None:
        messages.mail(
            row.agency, row.supervisor.email, "referral_urgent_mail", by=by, values={"number": row.number}, about=row.thread
        )


def mail_owner(row: Referral, by: Actor) -> None:
    """Tell who follows the request, by mail, that a referral is theirs to move: the number, and nothing else."""
    owner = row.thread.owner
    if owner is not None:
        values = {"number": row.number, "date": row.next_date or clock.today()}
        messages.mail(row.agency, owner.email, "referral_back_mail", by=by, values=values, about=row.thread)
