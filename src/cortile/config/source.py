"""Where a request comes from, for the audit: the door, and the address (FHIR AuditEvent.source)."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

DOORS = (("/casa/", "app"), ("/scrivania/", "workspace"), ("/ufficio/", "workspace"), ("/accesso/", "workspace"))


def of(request: HttpRequest) -> str:
    """Return the door and the address, e.g. ``workspace 127.0.0.1``."""
    door = next((name for path, name in DOORS if request.path.startswith(path)), "house")
    return f"{door} {address(request)}"


def address(request: HttpRequest) -> str:
    """Return the address a request came from: the connection's, or what our own proxy wrote when there is one.

    Of a forwarded list only the last entry is our proxy's: those before it were sent by whoever asked.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or said
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return "unknown"
