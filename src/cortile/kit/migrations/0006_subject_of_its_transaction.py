"""A person is named of an event in the transaction that writes it, and never added to it later."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.expressions import RawSQL

TOGETHER = """
CREATE UNIQUE INDEX audit_event_of_tx ON kit_auditevent (id, tx);
ALTER TABLE kit_auditsubject ADD CONSTRAINT audit_subject_with_its_event
    FOREIGN KEY (event_id, tx) REFERENCES kit_auditevent (id, tx) NOT VALID;
REVOKE INSERT ON kit_auditsubject FROM cortile_app;
GRANT INSERT (event_id, person_id, recorded, agency_id) ON kit_auditsubject TO cortile_app;
"""
APART = """
GRANT INSERT ON kit_auditsubject TO cortile_app;
ALTER TABLE kit_auditsubject DROP CONSTRAINT audit_subject_with_its_event;
DROP INDEX audit_event_of_tx;
"""


class Migration(migrations.Migration):
    """The transaction of a subject, said by the server."""

    dependencies: ClassVar = [("kit", "0005_seal_horizon")]
    operations: ClassVar = [
        migrations.AddField(
            "auditsubject", "tx", models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()))
        ),
        migrations.AlterField(
            "auditsubject", "event",
            models.ForeignKey(
                "kit.auditevent", db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="subjects",
            ),
        ),
        migrations.RunSQL(TOGETHER, APART),
    ]  # fmt: skip
