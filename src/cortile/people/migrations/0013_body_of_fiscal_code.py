"""A fiscal code says its body before anybody is known: whoever comes in with SPID or CIE shows no card."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

INDEX = "CREATE INDEX person_of_fiscal_code ON people_person (fiscal_code) WHERE fiscal_code <> ''"
# Of two bodies none is said, nor for who has died or was merged: whoever comes in is one person, here, now.
ASK = """
GRANT SELECT (fiscal_code, state) ON people_person TO cortile_gate;
CREATE FUNCTION people_agency_of_fiscal_code(known text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
        SELECT CASE WHEN count(*) = 1 THEN min(agency_id) END FROM public.people_person
        WHERE fiscal_code = known AND fiscal_code <> '' AND state = 'active' $$;
GRANT CREATE ON SCHEMA public TO cortile_gate;
ALTER FUNCTION people_agency_of_fiscal_code(text) OWNER TO cortile_gate;
REVOKE CREATE ON SCHEMA public FROM cortile_gate;
REVOKE ALL ON FUNCTION people_agency_of_fiscal_code(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_agency_of_fiscal_code(text) TO cortile_app;
"""
ASK_NO_MORE = """
DROP FUNCTION people_agency_of_fiscal_code(text);
REVOKE SELECT (fiscal_code, state) ON people_person FROM cortile_gate;
"""


class Migration(migrations.Migration):
    """One more question at the gate, and the index that answers it."""

    dependencies: ClassVar = [("people", "0012_body_of_every_card")]
    operations: ClassVar = [
        migrations.RunSQL(INDEX, "DROP INDEX person_of_fiscal_code"),
        migrations.RunSQL(ASK, ASK_NO_MORE),
    ]
