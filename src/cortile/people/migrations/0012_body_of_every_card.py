"""A card says its body before a code was ever made for it: whoever asks for one by SMS has none yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("people_person", "people_delegation", "people_representative")
LOOK = """
GRANT SELECT (id, card_number, agency_id) ON {table} TO cortile_gate;
CREATE POLICY gate ON {table} FOR SELECT TO cortile_gate USING (true);
"""
LOOK_NO_MORE = """
DROP POLICY gate ON {table};
REVOKE ALL ON {table} FROM cortile_gate;
"""
# All three are looked through whatever the first one says: neither time nor work tells whose a card is.
ASK = """
CREATE OR REPLACE FUNCTION people_agency_of_card(known text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
        SELECT max(agency_id) FROM (
            SELECT agency_id FROM public.people_person WHERE card_number = known
            UNION ALL SELECT agency_id FROM public.people_delegation WHERE card_number = known
            UNION ALL SELECT agency_id FROM public.people_representative WHERE card_number = known) cards $$;
"""
ASKED = """
CREATE OR REPLACE FUNCTION people_agency_of_card(known text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
        SELECT agency_id FROM public.people_signincode WHERE card_number = known ORDER BY id DESC LIMIT 1 $$;
"""


class Migration(migrations.Migration):
    """The same door for all cards."""

    dependencies: ClassVar = [("people", "0011_access_ladder")]
    operations: ClassVar = [
        *(migrations.RunSQL(LOOK.format(table=table), LOOK_NO_MORE.format(table=table)) for table in TABLES),
        migrations.RunSQL(ASK, ASKED),
    ]
