"""What stops the start: a page without a policy, or a database role that the wall would not hold."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.urls import URLPattern, URLResolver, get_resolver

from cortile.kit import doors

LIBRARY_ROOT = "accesso/"
# The pages of the login library that answer: whatever it adds one day is first read by somebody, then written here.
LIBRARY = frozenset({
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate", "account_request_login_code",
    "account_confirm_login_code", "account_email", "account_email_verification_sent", "account_confirm_email",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_login_webauthn", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
})  # fmt: skip


def undeclared(resolver: URLResolver) -> list[str]:
    """Return the addresses whose view says no policy, or one that nobody registered."""
    return [path for path, pattern in doors.addresses(resolver) if not _declared(path, pattern)]


def _declared(path: str, pattern: URLPattern) -> bool:
    if doors.opening_of(pattern.callback) is None:
        return path.startswith(LIBRARY_ROOT) and pattern.name in LIBRARY
    return doors.is_declared(pattern)


def every_page_has_a_policy(**_: Any) -> list[CheckMessage]:  # noqa: ANN401 -- the signature of a Django check
    """Check that every address says whom it opens to."""
    return [
        Error(f"{path} says no policy that opens it", hint="declare one with @opens", id="cortile.E001")
        for path in undeclared(get_resolver())
    ]


def examine() -> None:
    """Raise ``ImproperlyConfigured`` on what must stop the web server before its first answer."""
    if missing := undeclared(get_resolver()):
        message = f"pages without a policy: {', '.join(missing)}"
        raise ImproperlyConfigured(message)
    if settings.AS_OWNER:
        message = "CORTILE_ROLE=owner is for migrations: the web server works as the application's role"
        raise ImproperlyConfigured(message)
    _ask_the_database()


def _ask_the_database() -> None:
    """Let the first connection examine its role; a database that is down is examined when it is back."""
    try:
        connection.ensure_connection()
    except OperationalError:
        return
    connection.close()
