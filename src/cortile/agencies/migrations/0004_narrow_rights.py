"""What the application may change of a member of staff: never whose they are, nor what they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

NARROW = """
GRANT SELECT (id) ON agencies_agency TO cortile_gate;
REVOKE UPDATE ON agencies_staff FROM cortile_app;
GRANT UPDATE (password, given_name, family_name, phone, team_id, deputy_id, is_active, demo_persona, pin_hash,
    pin_guesses_left)
    ON agencies_staff TO cortile_app;
"""
WIDE = "REVOKE SELECT (id) ON agencies_agency FROM cortile_gate; GRANT UPDATE ON agencies_staff TO cortile_app;"


class Migration(migrations.Migration):
    """Grants of the columns, and what the wall itself must know of the bodies: their numbers."""

    dependencies: ClassVar = [("agencies", "0003_bursts"), ("kit", "0004_wall")]
    operations: ClassVar = [migrations.RunSQL(NARROW, WIDE)]
