"""The lane's audit is append-only too, by grant and by trigger; signed counts are never drawn again."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON haven_event FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON haven_event EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON haven_release FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON haven_event, haven_release FROM cortile_app;
"""
BACKWARD = """
DROP TRIGGER append_only ON haven_event; DROP TRIGGER no_truncate ON haven_event; DROP TRIGGER append_only ON haven_release;
"""


class Migration(migrations.Migration):
    """Triggers and grants."""

    dependencies: ClassVar = [("haven", "0001_initial"), ("kit", "0004_wall")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
