"""What stops the lane's start: a page that does not say whom it opens to, or the owner's role in the web server."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLResolver, get_resolver

from cortile.kit import doors


def undeclared(resolver: URLResolver) -> list[str]:
    """Return the addresses whose view says no policy, or one that nobody registered."""
    return [path for path, pattern in doors.addresses(resolver) if not doors.is_declared(pattern)]


def examine() -> None:
    """Raise ``ImproperlyConfigured`` on what must stop the lane before its first answer."""
    if missing := undeclared(get_resolver()):
        message = f"pages without a policy: {', '.join(missing)}"
        raise ImproperlyConfigured(message)
    if settings.AS_OWNER:
        message = "HAVEN_ROLE=owner is for migrations: the web server works as the application's role"
        raise ImproperlyConfigured(message)
