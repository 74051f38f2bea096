"""The wall of this room: persons, and whatever leads to one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import gate, inherit, protect


class Migration(migrations.Migration):
    """Every table that says something of a person."""

    dependencies: ClassVar = [("people", "0004_wall_columns"), ("kit", "0004_wall")]
    operations: ClassVar = [
        inherit("people_membership", "people_household", "household_id"),
        inherit("people_contactpoint", "people_person", "person_id"),
        inherit("people_delegation", "people_person", "person_id"),
        inherit("people_representative", "people_person", "person_id"),
        inherit("people_signincode", "people_person", "person_id"),
        inherit("people_notthesame", "people_person", "one_id"),
        inherit("people_guess", "people_signincode", "code_id"),
        gate("people_agency_of_card", "people_signincode", "card_number"),
        protect("people_person", "social"),
        protect("people_household", "social"),
        protect("people_membership", "social"),
        protect("people_tenancy", "social"),
        protect("people_contactpoint", "social"),
        protect("people_delegation", "social"),
        protect("people_representative", "social"),
        protect("people_signincode", "social"),
        protect("people_searchtoken", "social"),
        protect("people_notthesame", "social"),
        protect("people_guess", "social"),
        protect("people_recordopening", "social"),
        protect("people_sharedcopy", "social", "agency_id", "source_agency_id"),
        protect("people_canary"),
        protect("people_alarm"),
    ]
