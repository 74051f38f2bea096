"""How T5 says what a card knows: how true it still is, how far it is, whether there is room."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from cortile.directory import words
from cortile.directory.rules.distance import WALK_METRES, minutes_on_foot
from cortile.directory.searching import Hit

KILOMETRE = 1_000


def verified(hit: Hit) -> str:
    """Say when a card was last confirmed."""
    if hit.days_ago is None:
        return gettext("Nessuno l'ha ancora verificato: prima di andare, chiama.")
    if hit.days_ago < 1:
        return gettext("verificato oggi")
    said = ngettext("verificato %(n)s giorno fa", "verificato %(n)s giorni fa", hit.days_ago) % {"n": hit.days_ago}
    return said if hit.sure else gettext("Non è sicuro, %(verified)s: prima di andare, chiama.") % {"verified": said}


def away(hit: Hit, *, mine: bool) -> str:
    """Say how far a service is; nothing where we do not know."""
    if hit.here:
        return gettext("nel tuo quartiere") if mine else gettext("in questo quartiere")
    if hit.metres is None:
        return ""
    if hit.metres > WALK_METRES:
        far = round(hit.metres / KILOMETRE)
        return ngettext("a circa %(n)s chilometro", "a circa %(n)s chilometri", far) % {"n": far}
    return gettext("a circa %(n)s minuti a piedi") % {"n": minutes_on_foot(hit.metres)}


def room(hit: Hit) -> str:
    """Say whether there is room, with how many places where there are some."""
    left = getattr(hit.service, "capacity", None)
    if left is None:
        return ""
    if left.state == "capacity" and left.available:
        return ngettext("%(n)s posto libero", "%(n)s posti liberi", left.available) % {"n": left.available}
    return str(words.CAPACITY_LABELS[left.state])
