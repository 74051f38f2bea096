"""The closed list of staff roles, with the words on screen. A body may call a role by another name (``Agency.labels``)."""

from __future__ import annotations

import enum

from django.utils.translation import gettext_noop as _


class Role(enum.StrEnum):
    """Roles of product §3.5. Who may do what with them stands in ``policy``."""

    COMMUNITY_MANAGER = "community_manager"
    LEAD = "lead"
    CUSTODIAN = "custodian"
    DESK = "desk"
    NURSE = "nurse"
    OFFICE = "office"
    NETWORK_MANAGER = "network_manager"
    PROGRAMME = "programme"
    REGION = "region"
    ADMIN = "admin"


LABELS: dict[str, str] = {
    Role.COMMUNITY_MANAGER: _("community manager"),
    Role.LEAD: _("responsabile"),
    Role.CUSTODIAN: _("custode"),
    Role.DESK: _("sportello"),
    Role.NURSE: _("infermiera di comunità"),
    Role.OFFICE: _("ufficio"),
    Role.NETWORK_MANAGER: _("social community manager"),
    Role.PROGRAMME: _("ufficio contributi"),
    Role.REGION: _("Regione"),
    Role.ADMIN: _("amministrazione"),
}
# What bodies call a community manager instead, where they do: said here so that pages translate it.
OTHER_NAMES = (_("operatore di quartiere"),)
# How somebody of another body is called to a person, who knows none of its roles.
OTHER_BODY = _("di un altro ente")


def given_name(display_name: str) -> str:
    """Return a colleague's name without the initial of the surname: all a tenant is told."""
    bare, _space, initial = display_name.rpartition(" ")
    return bare if bare and initial.endswith(".") else display_name
