"""A write outside an action raises: the wrapper every database connection of the application carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cortile.kit import kept, scopes

WRITE = re.compile(
    r"^\s*(?:WITH\b.*?)?\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)\s+(?:\"?public\"?\.)?\"?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_audit_tables = {"kit_auditevent", "kit_auditsubject"}
# The closed list of architecture §2: sessions (and the drafts that live beside them), the login library, the job queue.
FREE_TABLES = ("django_session", "kit_draft", "account_", "mfa_", "procrastinate_")


class WriteOutsideActionError(RuntimeError):
    """Raised before the statement runs, naming the table, so the fix is found in a minute."""


def keeps_events(*tables: str) -> None:
    """Say that tables are a log too: a read may leave its event there."""
    _audit_tables.update(tables)


def _allowed(table: str) -> bool:
    if scopes.writes() == scopes.EVERYTHING or table.startswith(FREE_TABLES):
        return True
    return scopes.writes() == scopes.AUDIT and table in _audit_tables


def check(table: str) -> None:
    """Raise ``WriteOutsideActionError`` unless writes to a table are open now."""
    if not _allowed(table):
        raise WriteOutsideActionError(table)


@lru_cache(maxsize=4096)
def _written(text: str) -> str:
    found = WRITE.match(text)
    return found.group(1).lower() if found else ""


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 -- the signature of a Django execute wrapper
    """Let reads through, and writes only where an action opened them."""
    text = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
    if table := _written(text):
        check(table)
        kept.written(table)
    return execute(sql, params, many, context)


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Put the guard on a new connection, once."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
