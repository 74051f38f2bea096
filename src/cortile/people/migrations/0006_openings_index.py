"""The watch job asks every minute who opened many records lately: answered by an index of those reads alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Indexes the records opened by staff."""

    dependencies: ClassVar = [("people", "0005_wall"), ("kit", "0004_wall")]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX audit_records_opened ON kit_auditevent (agency_id, recorded)"
            " WHERE what = 'person.opened' AND agent_kind = 'staff'",
            "DROP INDEX audit_records_opened",
        )
    ]
