"""The SQL of the wall: one macro for every protected table, called by the rooms' migrations (docs/operations.md)."""

from __future__ import annotations

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

_PROTECT = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY wall ON {table} USING ({shown});
"""
_OPEN = """
DROP POLICY wall ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
_INHERIT = """
UPDATE {table} SET agency_id = parent.agency_id FROM {parent} parent WHERE parent.id = {table}.{key};
CREATE TRIGGER agency_of_parent BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.agency_id IS NULL)
    EXECUTE FUNCTION kit_agency_of_parent('{parent}', '{key}');
"""
_DISINHERIT = "DROP TRIGGER agency_of_parent ON {table};"


# A row that may be nobody's is shown to the jobs of the house, who work for body 0 too.
NOBODY_S = "COALESCE(agency_id, 0)"


def shown(lane: str, *columns: str) -> str:
    """Return the condition of a row: its body is among the transaction's, its lane is held.

    The function call is a subquery, so that the server asks once a statement and never once a row.
    """
    asked = f"((SELECT kit_wall('{lane}'))::bigint[])"
    return " OR ".join(f"{column} = ANY {asked}" for column in columns or ("agency_id",))


def protect(table: str, lane: str = "", *columns: str) -> Operation:
    """Put a table behind the wall. ``columns`` name its bodies when it has more than ``agency_id``."""
    return RunSQL(_PROTECT.format(table=table, shown=shown(lane, *columns)), _OPEN.format(table=table))


def inherit(table: str, parent: str, key: str) -> Operation:
    """Give a row without a body of its own that of the row it belongs to, when whoever writes it does not say."""
    return RunSQL(_INHERIT.format(table=table, parent=parent, key=key), _DISINHERIT.format(table=table))


def gate(name: str, table: str, column: str) -> Operation:
    """Let the application ask which body a card or a link belongs to, before anybody is known, and nothing else of it."""
    return RunSQL(
        f"""
        GRANT SELECT (id, {column}, agency_id) ON {table} TO cortile_gate;
        CREATE POLICY gate ON {table} FOR SELECT TO cortile_gate USING (true);
        CREATE FUNCTION {name}(known text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
            AS $$ SELECT agency_id FROM public.{table} WHERE {column} = known ORDER BY id DESC LIMIT 1 $$;
        GRANT CREATE ON SCHEMA public TO cortile_gate;
        ALTER FUNCTION {name}(text) OWNER TO cortile_gate;
        REVOKE CREATE ON SCHEMA public FROM cortile_gate;
        REVOKE ALL ON FUNCTION {name}(text) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {name}(text) TO cortile_app;
        """,  # noqa: S608 -- our own names
        f"DROP FUNCTION {name}(text); DROP POLICY gate ON {table}; REVOKE ALL ON {table} FROM cortile_gate;",
    )
