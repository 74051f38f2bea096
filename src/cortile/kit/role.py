"""The role the application works as: one that owns tables or stands above the wall is refused, in one sentence."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

_POWERS = """
    SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole, EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')
    ) FROM pg_roles WHERE rolname = current_user
"""
_checked: set[tuple[str, str]] = set()


def refusal(raw: Any) -> str:  # noqa: ANN401 -- a psycopg connection of either class
    """Return why the application must not work as the role of a connection, or nothing."""
    name, above, owns = raw.cursor().execute(_POWERS).fetchone()
    if above:
        return (
            f"the role {name} stands above the wall (superuser, BYPASSRLS or CREATEROLE): use the application's own in DATABASE_URL"
        )
    if owns:
        return f"the role {name} owns tables: use the application's own in DATABASE_URL"
    return ""


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
