"""Writes about bodies and staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cortile.agencies import access, events
from cortile.agencies.models import Absence, Agency, AgencyHours, Office, Staff, Team
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.working_days import Hours


@action("agency.opened")
def open_agency(*, by: Actor, code: str, hours: list[Hours] | None = None, **details: Any) -> Agency:  # noqa: ANN401 -- the model's own fields
    """Set up a body with its opening hours."""
    access.require(by, "set up")
    agency = Agency.objects.create(code=code, **details)
    AgencyHours.objects.bulk_create(
        AgencyHours(agency=agency, weekday=h.weekday, opens=h.opens, closes=h.closes) for h in hours or []
    )
    done("C", agency)
    return agency


@action("office.opened")
def open_office(agency: Agency, *, by: Actor, name: str, **details: Any) -> Office:  # noqa: ANN401 -- the model's own fields
    """Add an office that answers hand-overs."""
    access.require(by, "set up", of=agency.pk)
    office = Office.objects.create(agency=agency, name=name, **details)
    done("C", office)
    return office


@action("staff.hired")
def hire(agency: Agency, *, by: Actor, email: str, team: str = "", **details: Any) -> Staff:  # noqa: ANN401 -- the model's own fields
    """Add a member of staff. They choose their own passkey or TOTP at the first sign-in."""
    access.require(by, "set up", of=agency.pk)
    member = Staff(agency=agency, email=email.lower(), **details)
    member.set_unusable_password()
    if team:
        member.team, _created = Team.objects.get_or_create(agency=agency, name=team)
    member.save()
    done("C", member)
    return member


@action("staff.deputy_named")
def name_deputy(member: Staff, deputy: Staff, *, by: Actor) -> Staff:
    """Say who answers when somebody is away. Raise ``Refused('deputy-elsewhere')`` for another body's staff."""
    access.require(by, "set up", of=member.agency_id)
    refuse_unless(
        member.agency_id == deputy.agency_id and member.pk != deputy.pk,
        "deputy-elsewhere",
        _("Chi sostituisce deve essere un'altra persona dello stesso ente."),
    )
    member.deputy = deputy
    member.save(update_fields=["deputy"])
    done("U", member, fields=["deputy"])
    return member


@action("staff.absence_set")
def set_absence(member: Staff, *, by: Actor, first_day: date, last_day: date) -> Absence:
    """Write days of absence; open requests pass to the deputy in the same transaction."""
    mine = access.may_set_absence(by, member)
    refuse_unless(mine, "not-allowed", _("Puoi scrivere solo le tue assenze."), _("Chiedi a chi coordina."))
    refuse_unless(last_day >= first_day, "absence-backwards", _("L'ultimo giorno viene prima del primo."), _("Correggi le date."))
    absence = Absence.objects.create(staff=member, first_day=first_day, last_day=last_day)
    done("C", absence)
    emit(events.StaffAway(member, first_day, last_day))
    return absence


@action("staff.signed_in")
def record_entry(member: Staff, *, by: Actor) -> Staff:
    """Leave in the audit that somebody came in. The session itself is the login library's."""
    done("E", member)
    return member


@action("staff.left")
def off_board(member: Staff, *, by: Actor) -> Staff:
    """Close somebody's account: the next request finds no one signed in, and the deputy holds their requests."""
    access.require(by, "set up", of=member.agency_id)
    member.is_active = False
    member.save(update_fields=["is_active"])
    done("U", member, fields=["is_active"])
    emit(events.StaffAway(member, None, None))
    return member


@action("agency.labels_set")
def set_labels(agency: Agency, labels: Mapping[str, str], *, by: Actor) -> Agency:
    """Say how a body calls its roles, e.g. «operatore di quartiere»."""
    access.require(by, "set up", of=agency.pk)
    agency.labels = {**agency.labels, **labels}
    agency.save(update_fields=["labels"])
    done("U", agency, fields=["labels"])
    return agency
