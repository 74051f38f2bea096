"""Agreements with partners: until when, and which data of a person they may be given. Referrals obey them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cortile.directory import access
from cortile.directory.actions.steps import check
from cortile.directory.models import Agreement
from cortile.directory.stages import SHAREABLE
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@action("agreement.signed")
def sign_agreement(
    organization_id: int, *, by: Actor, title: str, fields: Iterable[str], starts_on: date, ends_on: date, once: str = ""
) -> Agreement:
    """Write an agreement. Raise ``Refused`` with ``not-allowed``, ``name-missing``, ``dates-backwards`` or ``fields-unknown``."""
    access.require(by, "sign agreements")
    partner = access.the_organization(by, organization_id)
    check(title.strip(), "name-missing")
    check(starts_on <= ends_on, "dates-backwards")
    wanted = sorted(set(fields))
    check(set(wanted) <= set(SHAREABLE), "fields-unknown")
    row = Agreement.objects.create(
        agency_id=partner.agency_id, organization=partner, title=title.strip(), fields=wanted, starts_on=starts_on, ends_on=ends_on
    )
    done("C", row, fields=["fields", "ends_on"])
    return row


@action("agreement.ended")
def end_agreement(agreement_id: int, *, by: Actor, reason: str, once: str = "") -> Agreement:
    """End an agreement before its day: from the next request on nothing more is given under it. Raise ``reason-missing``."""
    access.require(by, "sign agreements")
    row = access.agreements_visible_to(by).select_for_update(of=("self",)).filter(pk=agreement_id, ended_at=None).first()
    if row is None:
        raise NotVisible
    check(reason.strip(), "reason-missing")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    done("U", row, fields=["ended"], reason=reason.strip())
    return row
