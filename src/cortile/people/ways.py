"""The ways a message may take to a person, and the hours in which none does: what she may choose."""

from __future__ import annotations

from cortile.kit import carriers
from cortile.people.models import Person

# In the order they are offered. The app and paper have every message whatever is chosen here.
CHANNELS = ("sms", "email", "io", "paper", "app")
HOURS = range(24)
QUIET = ("quiet_from", "quiet_until")
_POINTS = {"sms": "mobile", "email": "email"}


def offered(person: Person) -> list[str]:
    """Return the channels she may choose among: App IO where the installation has it, or where she chose it before."""
    return [c for c in CHANNELS if c != "io" or carriers.has("io") or person.channel == "io"]


def leads_to(person: Person, channel: str) -> bool:
    """Tell whether a channel can reach her: a number or an address of her own, a fiscal code; paper and the app always."""
    if channel == "io":
        return bool(person.fiscal_code) and carriers.has("io")
    kind = _POINTS.get(channel)
    return kind is None or person.contact_points.filter(kind=kind, safe=True, shared=False, bounced_at=None).exists()


def chosen(person: Person) -> dict[str, object]:
    """Return what she has chosen, as the forms of the doors show it: hours of nobody's are empty."""
    hours = {name: "" if (hour := getattr(person, name)) is None else str(hour) for name in QUIET}
    plain = ("language", "needs_interpreter", "discreet", "visits_welcome", "channel")
    return {name: getattr(person, name) for name in plain} | hours


def said(form: dict[str, object]) -> dict[str, object]:
    """Return what a form said as the act asks for it: two hours are one choice, empty the body's own; no channel, no change."""
    rest = {name: value for name, value in form.items() if name not in QUIET and (name, value) != ("channel", "")}
    if not set(form) >= set(QUIET):
        return rest
    return rest | {"quiet": tuple(int(str(form[name])) for name in QUIET if form[name] != "")}
