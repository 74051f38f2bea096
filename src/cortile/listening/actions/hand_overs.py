"""The landlord's offices answer too: handed over, taken, dated, answered or sent back with a reason."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings

from cortile.agencies.models import Office
from cortile.kit import clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import access, rules
from cortile.listening.actions import steps
from cortile.listening.actions.steps import check
from cortile.listening.models import HandOver, HandOverLink, Thread
from cortile.messages import actions as messages

LINK_LIFE = timedelta(days=30)
CODE_LIFE = timedelta(minutes=30)
GUESSES = 5


def hash_of(secret: str) -> str:
    """Return the keyed hash of a link's token or code: the clear text is only in the mail."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()


@action("thread.handed_over")
def hand_over(thread: Thread, office: Office, *, by: Actor, question: str, once: str = "") -> HandOver:
    """Pass a question to an office: it hears by mail, answers by link, and the tenant's date does not move.

    Raise ``Refused`` with ``words-missing``, ``office-missing``, ``already-handed-over``, ``delicate-stays``,
    ``not-in-this-state``.
    """
    check(question.strip(), "words-missing")
    row = steps.locked(thread, "hand_over", by)
    check(office.agency_id == row.agency_id, "office-missing")
    check(row.state not in {"closed", "solved"}, "not-in-this-state")
    check(not row.delicate, "delicate-stays")
    waiting = row.hand_overs.filter(office=office, state__in=["sent", "taken"])
    check(not waiting.exists(), "already-handed-over")
    promised = row.next_date or steps.first_date(row.agency, row.chip, row.urgency)
    sent = HandOver.objects.create(
        thread=row, agency_id=row.agency_id, office=office, question=question.strip(), sent_by_id=by.id or 0,
        shows_rent=office.sees_rent and row.chip == "rent", sent_at=clock.now(),
        due=rules.office_due(promised, clock.today(), row.agency.holiday_subdivision),
    )  # fmt: skip
    row.save(update_fields=steps.move(row, "hand_over"))
    steps.entry(row, "handed_over", by, question, public=False, office=office.name, hand_over=sent.pk)
    steps.entry(row, "with_office", by, office=office.name)
    steps.tell(row, "handed_over", by, office=office.name)
    if office.email:
        _mail_link(sent, by)
    done("C", sent, persons=[row.person_id], fields=["question", "name", "phone", "dwelling"])
    return sent


def _mail_link(sent: HandOver, by: Actor, key: str = "office_link_mail") -> None:
    token = secrets.token_urlsafe(24)
    HandOverLink.objects.create(
        agency_id=sent.agency_id, hand_over=sent, token_hash=hash_of(token), email=sent.office.email, created_at=clock.now(),
        expires_at=clock.now() + LINK_LIFE,
    )  # fmt: skip
    link = f"{settings.PUBLIC_ADDRESS}/ufficio/l/{token}/"
    values = {"office": sent.office.name, "number": sent.thread.number, "date": sent.due, "link": link}
    messages.mail(sent.thread.agency, sent.office.email, key, by=by, values=values, about=sent.thread)


@action("link.code_asked")
def request_link_code(*, by: Actor, token: str) -> bool:
    """Send a code to the address a link was mailed to. Return whether the link is alive; the page says the same anyway."""
    body = access.agency_of_link(hash_of(token))
    with wall.within(body, ("social",)):
        alive = _send_code(access.link_by(hash_of(token)), by)
    done("E", fields=["link_code"], of=body)
    return alive


def _send_code(link: HandOverLink | None, by: Actor) -> bool:
    if link is not None:
        code = f"{secrets.randbelow(10**6):06d}"
        if link.code_expires_at is None or link.code_expires_at <= clock.now():
            link.guesses_left = GUESSES  # asking again does not buy more guesses: five each half hour
            link.code_expires_at = clock.now() + CODE_LIFE
        link.code_hash = hash_of(code)
        link.save(update_fields=["code_hash", "guesses_left", "code_expires_at"])
        messages.mail(
            link.hand_over.agency, link.email, "office_code_mail", by=by, values={"code": code}, about=link.hand_over.thread
        )
    return link is not None


@action("link.opened")
def open_link(*, by: Actor, token: str, code: str) -> HandOver | None:
    """Check the code of a link and return the hand-over it opens, or None. A wrong guess counts, and its body sees it."""
    body = access.agency_of_link(hash_of(token))
    with wall.within(body, ("social",)):
        opened = _check_code(access.link_by(hash_of(token)), code)
        who = access.link_actor({"agency": body, "id": opened.pk}) if opened else None
    done("E", opened, persons=[opened.thread.person_id] if opened else [], fields=["link_opened" if opened else "wrong_code"],
         who=replace(who, source=by.source) if who else None, of=body)  # fmt: skip
    return opened


def _check_code(found: HandOverLink | None, code: str) -> HandOver | None:
    link = found if found is not None and _takes_guesses(found) else None
    typed = hash_of("".join(c for c in code if c.isdigit()))
    right = link is not None and hmac.compare_digest(link.code_hash, typed)
    if link is not None:
        link.guesses_left -= 1
        link.code_hash = "" if right else link.code_hash
        link.save(update_fields=["guesses_left", "code_hash"])
    return link.hand_over if right and link is not None else None


def _takes_guesses(link: HandOverLink) -> bool:
    return link.guesses_left > 0 and link.code_expires_at is not None and link.code_expires_at > clock.now()


def _mine(row: HandOver, what: str, by: Actor) -> HandOver:
    """Take a hand-over for writing; the thread's row is locked first, always in this order."""
    seen = access.the_hand_over(by, row.pk, what)
    Thread.objects.select_for_update(of=("self",)).get(pk=seen.thread_id)
    found = HandOver.objects.select_for_update(of=("self",)).select_related("office").get(pk=seen.pk)
    found.thread = Thread.objects.select_related("person", "owner", "agency").get(pk=seen.thread_id)
    check(found.state in {"sent", "taken"}, "not-in-this-state")
    return found


@action("hand_over.taken")
def take_hand_over(sent: HandOver, *, by: Actor, once: str = "") -> HandOver:
    """An office says it has the question."""
    row = _mine(sent, "take", by)
    row.state, row.taken_by, row.taken_at = "taken", by.name, clock.now()
    row.save(update_fields=["state", "taken_by", "taken_at"])
    steps.entry(row.thread, "office_took", by, public=False, office=row.office.name)
    done("U", row, persons=[row.thread.person_id], fields=["state"])
    return row


@action("hand_over.dated")
def date_hand_over(sent: HandOver, *, by: Actor, day: date, reason: str = "", once: str = "") -> HandOver:
    """An office says by when. Past our promise, the promise is moved too, with the office's reason, and the tenant told."""
    from cortile.listening.actions.promises import move_promise  # noqa: PLC0415 -- leaf

    row = _mine(sent, "date", by)
    check(rules.may_promise(day, clock.today()), "date-impossible")
    promised = row.thread.next_date
    fits = promised is not None and rules.keeps_office_date(day, promised)
    check(fits or reason.strip(), "reason-missing")
    row.state, row.office_date, row.due = "taken", day, day
    row.taken_by, row.taken_at = row.taken_by or by.name, row.taken_at or clock.now()
    row.silence_told_for = None
    row.save(update_fields=["state", "office_date", "due", "taken_by", "taken_at", "silence_told_for"])
    steps.entry(row.thread, "office_dated", by, reason, public=False, office=row.office.name, date=day.isoformat())
    if not fits:
        following = steps.working_day_after(row.thread.agency, day)
        move_promise(row.thread, by=steps.office_desk(row), day=following, reason=reason)
    done("U", row, persons=[row.thread.person_id], fields=["office_date"], reason=reason)
    return row


@action("hand_over.answered")
def answer_hand_over(sent: HandOver, *, by: Actor, text: str, once: str = "") -> HandOver:
    """An office answers: the community manager has the ball again, and speaks to the tenant."""
    check(text.strip(), "words-missing")
    row = _settle(_mine(sent, "answer", by), by, "answered", text)
    done("U", row, persons=[row.thread.person_id], fields=["answer"])
    return row


@action("hand_over.sent_back")
def send_back(sent: HandOver, *, by: Actor, reason: str, right_office: Office | None = None, once: str = "") -> HandOver:
    """An office says the question is not its own: with the reason, and the office it belongs to when it knows."""
    check(reason.strip(), "reason-missing")
    words = f"{reason.strip()} → {right_office.name}" if right_office is not None else reason
    row = _settle(_mine(sent, "send_back", by), by, "sent_back", words)
    done("U", row, persons=[row.thread.person_id], fields=["answer"], reason=reason)
    return row


def _settle(row: HandOver, by: Actor, state: str, text: str) -> HandOver:
    row.state, row.answer, row.closed_at = state, text.strip(), clock.now()
    row.taken_by = row.taken_by or by.name
    row.save(update_fields=["state", "answer", "closed_at", "taken_by"])
    thread = row.thread
    if not thread.hand_overs.filter(state__in=["sent", "taken"]).exists() and thread.state == "waiting_other":
        thread.save(update_fields=steps.move(thread, "office_answers"))
    kind = "office_answered" if state == "answered" else "sent_back"
    steps.entry(thread, kind, by, text, public=False, office=row.office.name)
    if state == "sent_back":
        steps.tell(thread, "sent_back", by, office=row.office.name)
    return row


@action("hand_over.chased")
def chase(sent: HandOver, *, by: Actor, once: str = "") -> HandOver:
    """Remind an office, once more by mail."""
    if not access.may(by, "hand_over", sent.thread):
        raise NotVisible
    row = HandOver.objects.select_for_update(of=("self",)).select_related("office", "thread__agency").get(pk=sent.pk)
    check(row.state in {"sent", "taken"}, "not-in-this-state")
    row.chased += 1
    row.save(update_fields=["chased"])
    steps.entry(row.thread, "chased", by, public=False, office=row.office.name)
    if row.office.email:
        _mail_link(row, by, "office_reminder_mail")
    done("U", row, persons=[row.thread.person_id], fields=["chased"])
    return row


@action("hand_over.withdrawn")
def withdraw_hand_over(sent: HandOver, *, by: Actor, reason: str = "", once: str = "") -> HandOver:
    """Take a question back from an office: its link stops working on the next request."""
    row = _mine(sent, "withdraw", by)
    row.state, row.closed_at = "withdrawn", clock.now()
    row.save(update_fields=["state", "closed_at"])
    thread = row.thread
    if not thread.hand_overs.filter(state__in=["sent", "taken"]).exists() and thread.state == "waiting_other":
        thread.save(update_fields=steps.move(thread, "office_answers"))
    steps.entry(thread, "hand_over_withdrawn", by, reason, public=False, office=row.office.name)
    done("U", row, persons=[thread.person_id], fields=["state"], reason=reason)
    return row
