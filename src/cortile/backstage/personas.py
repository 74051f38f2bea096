"""The people a visitor of the demo can be, each listed once their first screen exists (product §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.backstage import partner
from cortile.people import reads as people

TENANTS = _("Chi abita qui")
SPACE = _("Chi ascolta, allo Spazio")
OFFICES = _("Chi risponde, negli uffici")
DIRECTION = _("Chi guida e controlla")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be: which door, which first screen, and what to look at."""

    slug: str
    door: object
    icon: str
    first: str
    what: object


EVERY = (
    Persona("adele", TENANTS, "home", "app:home", _("78 anni, vive sola. Chiede aiuto senza scrivere niente")),
    Persona("samira", TENANTS, "home", "app:home", _("34 anni, tre figli. Legge l'arabo")),
    Persona("gianni", TENANTS, "home", "app:home", _("52 anni, ha l'affitto indietro. Vuole capire")),
    Persona("marta", SPACE, "people", "workspace:today", _("community manager: che cosa fare adesso, in che ordine")),
    Persona("paola", SPACE, "people", "workspace:today", _("responsabile: risponde quando una promessa è in ritardo")),
    Persona("salvatore", SPACE, "people", "workspace:record_contact", _("custode: scrive un contatto in trenta secondi")),
    Persona("lucia", SPACE, "heart", "workspace:care", _("infermiera di comunità: vede solo chi riceve")),
    Persona("ufficio", OFFICES, "building", "workspace:office_queue", _("ufficio ALER: risponde, data o rimanda")),
    Persona("federica", OFFICES, "wallet", "workspace:calls", _("ufficio contributi")),
    Persona("piero", OFFICES, "hand", "workspace:referrals_received", _("volontario del doposcuola")),
    Persona("anna", DIRECTION, "tool", "workspace:administration", _("prepara il suo ente e carica l'anagrafe")),
    Persona("roberto", DIRECTION, "chart", "workspace:month", _("Regione: i numeri del mese, senza nomi")),
    Persona(
        "davide", DIRECTION, "chart", "workspace:networks", _("regia di rete del Comune: numeri, tavoli e decisioni, senza nomi")
    ),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A persona of this world, by name."""

    persona: Persona
    name: str


def address(persona: Persona) -> str:
    """Return where a persona starts, or nothing when that screen does not exist yet."""
    try:
        return reverse(persona.first)
    except NoReverseMatch:
        return ""


def listed() -> list[tuple[object, list[Listed]]]:
    """Return the doors with who is behind each, in order."""
    names = _names()
    found = [Listed(p, names[p.slug]) for p in EVERY if p.slug in names and address(p)]
    return [(door, who) for door in _doors() if (who := [one for one in found if one.persona.door is door])]


def _doors() -> tuple[object, ...]:
    return (TENANTS, SPACE, OFFICES, DIRECTION)


def _names() -> Mapping[str, str]:
    tenants = {slug: p.given_name for slug, p in people.personas().items()}
    by_link = {partner.SLUG: partner.NAME} if partner.session() else {}
    return tenants | {slug: s.given_name for slug, s in agencies.personas().items()} | by_link


def find(slug: str) -> Persona | None:
    """Return a persona whose first screen exists."""
    return next((p for p in EVERY if p.slug == slug and address(p)), None)
