"""What T9 says from Python: who has seen my data, with roles in the reader's language; how I came in, and what that shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortile.app.words import role as in_words
from cortile.kit.actor import Actor
from cortile.people.who_looked import Event, Line, lines


def seen(events: Iterable[Event], role_of: Callable[[str], str]) -> list[Line]:
    """Return who saw or wrote what, each thing once a day."""
    return [replace(line, role=in_words(line.role)) for line in lines(events, role_of)]


CAME = {
    "paper": _("Sei qui con il codice del foglio."),
    "sms": _("Sei qui con un codice arrivato per SMS."),
    "voice": _("Sei qui con un codice detto al telefono."),
    "spid": _("Sei qui con SPID."),
    "cie": _("Sei qui con la carta d'identità elettronica."),
}
IDENTIFIED = 2


@dataclass(frozen=True, slots=True)
class CameIn:
    """How somebody came in, what that shows, and how to see the rest."""

    how: Any
    shows: Any
    more: Any = ""


def came_in(by: Actor) -> CameIn:
    """Return the step of the ladder somebody stands on, in words that are the same whatever there is to see."""
    how = CAME.get(by.came_by, CAME["paper"])
    if by.by_phone_code:
        return CameIn(
            how, _("Chi ha in mano il telefono può leggere quel codice. Per questo qui non si vede tutto."),
            _("I tuoi numeri, chi ti aiuta e chi ha guardato i tuoi dati si vedono con il foglio, con SPID o con una persona."),
        )  # fmt: skip
    if by.step >= IDENTIFIED:
        return CameIn(how, _("Sappiamo chi sei: vedi tutto quello che ti riguarda, anche l'affitto."))
    return CameIn(
        how, _("Vedi le tue richieste, gli appuntamenti e i messaggi. L'affitto no."),
        _("Per vedere anche l'affitto mostra un documento allo Spazio: ti diamo un altro foglio. Oppure entra con SPID o CIE."),
    )  # fmt: skip
