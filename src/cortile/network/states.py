"""The closed lists of this room: states are text, and the database checks them."""

from __future__ import annotations

# Whom coordinated welfare is for. The list is closed; what is not in it is written beside (``Network.others``).
TARGETS = ("families", "homeless", "migrants", "public_housing", "children")
MEETINGS = ("stakeholders", "network")
MEETING_STATES = ("planned", "held", "printed")
ITEMS = ("unmet", "stuck", "gap", "overlap", "agreement", "free")
DECISION_STATES = ("open", "done")
LENDINGS = ("asked", "lent", "ended")
