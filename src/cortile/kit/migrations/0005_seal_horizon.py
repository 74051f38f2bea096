"""A seal says up to which transaction it sealed, and in which cluster; the server alone says when a row was written."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# A default is no defence if the column may be named: the application may not name these two.
SERVER_S_OWN = """
REVOKE INSERT ON kit_auditevent FROM cortile_app;
GRANT INSERT (id, recorded, what, verb, agent_kind, agent_id, agent_name, agent_role, agency_id, purpose, thing, thing_id,
    fields, reason, sealed, source) ON kit_auditevent TO cortile_app;
"""
BACK = "GRANT INSERT ON kit_auditevent TO cortile_app;"


class Migration(migrations.Migration):
    """Columns of the seal, and a narrower right to write events."""

    dependencies: ClassVar = [("kit", "0004_wall")]
    operations: ClassVar = [
        migrations.AddField("seal", "horizon", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("seal", "cluster", models.TextField(default=""), preserve_default=False),
        migrations.RunSQL(SERVER_S_OWN, BACK),
    ]
