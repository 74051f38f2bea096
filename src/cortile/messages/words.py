"""What operators read of a delivery: arrived, not arrived, waiting, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cortile.kit import dates

NAMES = {"sms": "SMS", "email": "E-mail", "io": "App IO"}


def outcome(channel: str, state: str, waits: datetime | None, *, tried: bool) -> str:
    """Say in two words where a delivery stands: «SMS arrivato», «SMS: aspetta le 8:00», «Da consegnare su carta»."""
    if state == "withdrawn":
        return ""
    if channel == "paper":
        return _("Dato su carta") if state == "sent" else _("Da consegnare su carta")
    if channel == "voice":
        return {"queued": _("Telefonata in partenza"), "sending": _("Telefonata in partenza")}.get(state, _("Telefonata fatta"))
    name = NAMES[channel]
    if state in {"queued", "sending"}:
        return _waiting(name, waits, tried=tried)
    said = {"sent": _("%(name)s: partito"), "delivered": _("%(name)s: arrivato")}.get(state, _("%(name)s: non arrivato"))
    return said % {"name": name}


def _waiting(name: str, waits: datetime | None, *, tried: bool) -> str:
    if waits is None:
        return _("%(name)s: parte tra poco") % {"name": name}
    said = _("%(name)s: non è partito, riprova alle %(hour)s") if tried else _("%(name)s: aspetta le %(hour)s")
    return said % {"name": name, "hour": dates.hour(waits)}
