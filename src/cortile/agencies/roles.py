"""The closed list of staff roles, with the words on screen. A body may call a role by another name (``Agency.labels``)."""

from __future__ import annotations

import enum


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
    Role.COMMUNITY_MANAGER: "community manager",
    Role.LEAD: "responsabile",
    Role.CUSTODIAN: "custode",
    Role.DESK: "sportello",
    Role.NURSE: "infermiera di comunità",
    Role.OFFICE: "ufficio",
    Role.NETWORK_MANAGER: "social community manager",
    Role.PROGRAMME: "ufficio contributi",
    Role.REGION: "Regione",
    Role.ADMIN: "amministrazione",
}
