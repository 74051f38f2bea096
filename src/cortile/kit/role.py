"""The role the application works as: one that owns tables or sees over the wall is refused, in one sentence."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

# Roles that see what the wall hides, the files of the machine, or what the seals are made from.
_BESIDE = (
    "cortile_gate", "cortile_audit", "pg_read_all_data", "pg_write_all_data", "pg_read_server_files", "pg_write_server_files",
    "pg_execute_server_program",
)  # fmt: skip
# What a role may become counts as what it is: ``SET ROLE`` asks nobody.
_POWERS = """
    SELECT current_user,
        (SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole) FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')),
        ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(current_user, oid, 'MEMBER') ORDER BY 1),
        has_schema_privilege(current_user, 'public', 'CREATE')
"""
_checked: set[tuple[str, str]] = set()
_OWN = "use the application's own in DATABASE_URL"


def refusal(raw: Any) -> str:  # noqa: ANN401 -- a psycopg connection of either class
    """Return why the application must not work as the role of a connection, or nothing."""
    name, above, owns, beside, creates = raw.cursor().execute(_POWERS, [list(_BESIDE)]).fetchone()
    faults = (
        (above, "stands above the wall (superuser, BYPASSRLS or CREATEROLE)"),
        (owns, "owns tables"),
        (beside, f"may become {', '.join(beside)}"),
        (creates, "may create in the schema public"),
    )
    return next((f"the role {name} {fault}: {_OWN}" for found, fault in faults if found), "")


def refuse(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Raise ``ImproperlyConfigured`` on the first connection of a role too powerful; a good one is asked once."""
    said = connection.settings_dict
    who = (str(said["NAME"]), str(said["USER"]))
    if who in _checked:
        return
    if why := refusal(connection.connection):
        connection.close()
        raise ImproperlyConfigured(why)
    _checked.add(who)
