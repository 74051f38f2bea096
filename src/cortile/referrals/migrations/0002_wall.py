"""The wall of this room, the numbers of referrals, and what a service is given: exactly the ticked fields."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import gate, inherit, protect

# I3 and the law of minimisation in the database's own words: nothing beside what was ticked, and nothing of it missing.
_EXACT = """
ALTER TABLE referrals_referral ADD CONSTRAINT referral_shares_exactly
    CHECK (shared ?& fields::text[] AND shared - fields::text[] = '{}'::jsonb);
"""


class Migration(migrations.Migration):
    """Every table that says something of a person, and the figures of a body's own referrals."""

    dependencies: ClassVar = [("referrals", "0001_initial"), ("kit", "0006_subject_of_its_transaction")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE referrals_referral_number START 501", "DROP SEQUENCE referrals_referral_number"),
        migrations.RunSQL(_EXACT, "ALTER TABLE referrals_referral DROP CONSTRAINT referral_shares_exactly"),
        inherit("referrals_step", "referrals_referral", "referral_id"),
        inherit("referrals_partnerlink", "referrals_referral", "referral_id"),
        gate("referrals_agency_of_link", "referrals_partnerlink", "token_hash"),
        protect("referrals_consent", "social"),
        protect("referrals_referral", "social"),
        protect("referrals_step", "social"),
        protect("referrals_partnerlink", "social"),
        protect("referrals_servicefigures"),
    ]
