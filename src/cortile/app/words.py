"""How the door calls the roles of the house in the reader's language; the rooms keep them in Italian, as on paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLES = {
    "community manager": _("community manager"),
    "operatore di quartiere": _("operatore di quartiere"),
    "social community manager": _("social community manager"),
    "responsabile": _("responsabile"),
    "custode": _("custode"),
    "sportello": _("sportello"),
    "ufficio": _("ufficio"),
    "infermiera di comunità": _("infermiera di comunità"),
    "amministrazione": _("amministrazione"),
    "di un altro ente": _("di un altro ente"),
}


def role(label: str) -> str:
    """Return a role in the reader's language; one a body named itself stays as it is."""
    return str(ROLES.get(label, label))
