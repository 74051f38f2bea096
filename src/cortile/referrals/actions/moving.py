"""What changes the road of a referral: another service, a revocation, a yes taken back, a request that ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cortile.directory.models import Service
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening.actions import services as threads
from cortile.listening.models import Thread
from cortile.referrals import access
from cortile.referrals.actions import sending, steps
from cortile.referrals.actions.sending import Asked
from cortile.referrals.actions.steps import check
from cortile.referrals.bases import Basis
from cortile.referrals.models import Consent, Referral
from cortile.referrals.states import TURNED_DOWN, UNDER_WAY


@action("referral.rerouted")
def reroute(
    referral: Referral, service: Service, *, by: Actor, basis: Basis, fields: Iterable[str] | None = None, need: str = "",
    notes: str | None = None, check_on: date | None = None, once: str = "",
) -> Referral:  # fmt: skip
    """Send to another service what one could not, or has not answered: the new referral hangs from the old one, which ends.

    The basis is the new service's own: a yes to one is no yes to another. Raise as ``send`` does, and ``NotVisible``.
    """
    access.require(by, "refer")
    row = steps.locked(referral, "reroute", "follow", by)
    ticked = tuple(row.fields if fields is None else fields)
    said = row.notes if notes is None else notes
    asked = Asked(need or row.need, ticked, basis, row.term, check_on, said, row, "rerouted")
    _end(row, "reroute", by)
    steps.step(row, "rerouted", by, to=service.name)
    sent = sending.send_one(row.thread, service, by, asked)
    sending.told(row.thread, [sent], by)
    done("C", sent, persons=[row.person_id], fields=sent.fields, reason=service.name)
    return sent


@action("referral.revoked")
def revoke(referral: Referral, *, by: Actor, reason: str, once: str = "") -> Referral:
    """Take a referral back: its link shows nothing from the next request on, and the request's ball is ours again.

    Raise ``NotVisible``, ``Refused`` with ``reason-missing`` or ``not-in-this-state``.
    """
    check(reason.strip(), "reason-missing")
    row = steps.locked(referral, "revoke", "follow", by)
    _end(row, "revoke", by)
    steps.step(row, "revoked", by, reason)
    if not steps.others_wait(row):
        threads.came_back(row.thread, by, "referral_revoked", text=reason, service=row.service.name)
    done("U", row, persons=[row.person_id], fields=["state"], reason=reason)
    return row


def _end(row: Referral, act: str, by: Actor) -> None:
    """End a referral; a service that may be working on it is told that it need not."""
    if row.state not in TURNED_DOWN:
        steps.mail_service(row, "partner_over_mail", by)
    row.save(update_fields=steps.over(row, act))


@action("consent.withdrawn")
def withdraw_consent(consent: Consent, *, by: Actor, once: str = "") -> Consent:
    """Take a yes back: from the next request on its service is shown nothing, and what waited there comes back to us.

    Never from a session opened by a code to a telephone. Source: GDPR art. 7(3).
    Raise ``NotVisible``, ``Refused`` with ``phone-code`` or ``not-in-this-state``.
    """
    found = access.consents_visible_to(by, "withdraw").filter(pk=consent.pk).first()
    if found is None:
        raise NotVisible
    check(not by.by_phone_code, "phone-code")
    rested = list(Referral.objects.filter(consent=found, closed_at=None).exclude(state__in=TURNED_DOWN).order_by("thread_id", "pk"))
    taken = [steps.held(row.pk, row.thread_id) for row in rested]
    held = [row for row in taken if row.closed_at is None and row.state not in TURNED_DOWN]  # as they are now that they are held
    row = Consent.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check(row.withdrawn_at is None, "not-in-this-state")
    row.withdrawn_at, row.withdrawn_by_name = clock.now(), by.name
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    for referral in held:
        _end(referral, "revoke", by)
        steps.step(referral, "withdrawn", by)
        threads.came_back(referral.thread, by, "yes_withdrawn", key="referral_withdrawn", service=referral.service.name)
    done("U", row, persons=[row.person_id], fields=["withdrawn"])
    return row


def end_with_thread(thread: Thread, by: Actor, *, quietly: bool) -> None:
    """End what hangs from a request that closed, or became delicate: part of the act that does so.

    A service that said yes is still asked how it went after a closing; ``quietly`` (delicate) nobody outside hears a word.
    """
    rows = (
        Referral.objects.select_for_update(of=("self",)).filter(thread=thread, closed_at=None).select_related("service", "agency")
    )
    rows = rows if quietly else rows.exclude(state__in=UNDER_WAY)
    for row in rows.select_related("service", "agency").order_by("pk"):
        row.thread = thread
        if not quietly and row.state not in TURNED_DOWN:
            steps.mail_service(row, "partner_over_mail", by)
        row.save(update_fields=steps.over(row, "revoke"))
        steps.step(row, "ended_with_thread", by)
