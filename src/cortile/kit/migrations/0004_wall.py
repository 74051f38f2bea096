"""The wall's own functions: who works for whom, checked and signed by the database, and the tables of the mechanism."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit import wall_sql

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cortile_gate') THEN
    RAISE EXCEPTION 'the role cortile_gate is missing: CREATE ROLE cortile_gate NOLOGIN; GRANT cortile_gate TO <owner>';
  END IF;
END $$;
"""
# One row: the two padded halves of the key (RFC 2104), so that a signature is two calls of sha256.
KEY = """
CREATE TABLE kit_wallkey (one boolean PRIMARY KEY DEFAULT true CHECK (one), outer_pad bytea NOT NULL, inner_pad bytea NOT NULL);
REVOKE ALL ON kit_wallkey FROM PUBLIC, cortile_app;
GRANT SELECT ON kit_wallkey TO cortile_gate;
GRANT USAGE ON SCHEMA public TO cortile_gate;
"""
ENTER = """
CREATE FUNCTION kit_enter(agency bigint, lanes text, at bigint, mac text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pads public.kit_wallkey;
  said text := agency || '|' || lanes;
BEGIN
  SELECT * INTO pads FROM public.kit_wallkey;
  IF abs(extract(epoch FROM clock_timestamp()) - at) > 300 OR mac IS DISTINCT FROM encode(sha256(pads.outer_pad ||
      sha256(pads.inner_pad || convert_to(said || '|' || pg_backend_pid() || '|' || at, 'UTF8'))), 'hex') THEN
    RAISE EXCEPTION 'the wall does not know this context' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Signed again for this very transaction: kept away and brought back in another one, it opens nothing.
  PERFORM set_config('cortile.wall', said || '|' || encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(
      'tx|' || said || '|' || pg_backend_pid() || '|' || extract(epoch FROM transaction_timestamp()), 'UTF8'))), 'hex'), true);
END $$;
"""
WALL = """
CREATE FUNCTION kit_wall(lane text) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held text[] := string_to_array(current_setting('cortile.wall', true), '|');
  pads public.kit_wallkey;
BEGIN
  IF held IS NULL OR array_length(held, 1) IS DISTINCT FROM 3
      OR (lane <> '' AND NOT lane = ANY(string_to_array(held[2], ','))) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO pads FROM public.kit_wallkey;
  IF held[3] IS DISTINCT FROM encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to('tx|' || held[1] || '|' ||
      held[2] || '|' || pg_backend_pid() || '|' || extract(epoch FROM transaction_timestamp()), 'UTF8'))), 'hex') THEN
    RETURN NULL;
  END IF;
  -- A job of the house works for every body, and for what is nobody's.
  RETURN CASE WHEN held[1] = '0' THEN (SELECT array_agg(id) FROM public.agencies_agency) || 0::bigint
    ELSE ARRAY[held[1]::bigint] END;
END $$;
"""
OWNED = """
GRANT CREATE ON SCHEMA public TO cortile_gate;
ALTER FUNCTION kit_enter(bigint, text, bigint, text) OWNER TO cortile_gate;
ALTER FUNCTION kit_wall(text) OWNER TO cortile_gate;
REVOKE CREATE ON SCHEMA public FROM cortile_gate;
REVOKE ALL ON FUNCTION kit_enter(bigint, text, bigint, text), kit_wall(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kit_enter(bigint, text, bigint, text), kit_wall(text) TO cortile_app, cortile_audit, cortile_owner;
"""
PARENT = """
CREATE FUNCTION kit_agency_of_parent() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('SELECT agency_id FROM %I WHERE id = ($1).%I', TG_ARGV[0], TG_ARGV[1]) INTO NEW.agency_id USING NEW;
  RETURN NEW;
END $$;
"""
# The audit takes rows from everybody, shows them to their body, and lets its own role read them all.
AUDIT = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY wall ON {table} FOR SELECT USING ({wall_sql.shown("", wall_sql.NOBODY_S)});
CREATE POLICY sealer ON {table} FOR SELECT TO cortile_audit USING (true);
"""
    for table in ("kit_auditevent", "kit_auditsubject")
)
SEALS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kit_seal FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kit_sealedevent FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kit_seal EXECUTE FUNCTION kit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kit_sealedevent EXECUTE FUNCTION kit_refuse_change();
CREATE INDEX audit_event_tx ON kit_auditevent (tx);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kit_seal, kit_sealedevent FROM cortile_app;
GRANT SELECT, INSERT ON kit_seal, kit_sealedevent TO cortile_audit;
"""


class Migration(migrations.Migration):
    """Key, functions, and the walls of drafts, files and audit."""

    dependencies: ClassVar = [("kit", "0003_wall_columns")]
    operations: ClassVar = [
        migrations.RunSQL(ROLES, ""),
        migrations.RunSQL(KEY, "DROP TABLE kit_wallkey"),
        migrations.RunSQL(ENTER, "DROP FUNCTION kit_enter"),
        migrations.RunSQL(WALL, "DROP FUNCTION kit_wall"),
        migrations.RunSQL(OWNED, ""),
        migrations.RunSQL(PARENT, "DROP FUNCTION kit_agency_of_parent"),
        migrations.RunSQL(AUDIT, ""),
        migrations.RunSQL(SEALS, ""),
        wall_sql.protect("kit_draft"),
        wall_sql.protect("kit_storedfile"),
    ]
