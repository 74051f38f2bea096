"""A request or a file opened counts like a record: paging through hundreds of them is a burst too."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

OPENED = """
DROP INDEX audit_records_opened;
CREATE INDEX audit_records_opened ON kit_auditevent (agency_id, recorded)
    WHERE what IN ('person.opened', 'thread.opened_page', 'thread.photo_seen', 'thread.voice_heard',
        'thread.document_read') AND agent_kind = 'staff';
"""
RECORDS = """
DROP INDEX audit_records_opened;
CREATE INDEX audit_records_opened ON kit_auditevent (agency_id, recorded)
    WHERE what = 'person.opened' AND agent_kind = 'staff';
"""


class Migration(migrations.Migration):
    """The same index over all three."""

    dependencies: ClassVar = [("people", "0007_knocks")]
    operations: ClassVar = [migrations.RunSQL(OPENED, RECORDS)]
