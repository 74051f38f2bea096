"""What the room keeps: networks and who is in them, tables and what was decided. Nothing of a tenant is ever here."""

from cortile.network.models.networks import Area, Lending, Member, Network
from cortile.network.models.tables import AgendaItem, Meeting, NetworkDecision, Presence

__all__ = ["AgendaItem", "Area", "Lending", "Meeting", "Member", "Network", "NetworkDecision", "Presence"]
