"""The audit is append-only by grant and by trigger: not even a fault of ours can rewrite it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION kit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit is append-only (%)', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kit_auditevent FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kit_auditsubject FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kit_auditevent EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kit_auditsubject EXECUTE FUNCTION kit_refuse_change();
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cortile_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON kit_auditevent, kit_auditsubject FROM cortile_app;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cortile_audit') THEN
    GRANT SELECT ON kit_auditevent, kit_auditsubject TO cortile_audit;
  END IF;
END $$;
"""
BACKWARD = """
DROP TRIGGER append_only ON kit_auditevent; DROP TRIGGER append_only ON kit_auditsubject;
DROP TRIGGER no_truncate ON kit_auditevent; DROP TRIGGER no_truncate ON kit_auditsubject;
DROP FUNCTION kit_refuse_change();
"""


class Migration(migrations.Migration):
    """Triggers and grants of the audit tables."""

    dependencies: ClassVar = [("kit", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
