"""The closed lists of referrals: states are FHIR Task's (R5), and the database checks them."""

from __future__ import annotations

STATES = (
    "requested", "received", "accepted", "rejected", "on-hold", "in-progress", "completed", "cancelled", "failed",
)  # fmt: skip
# The service has still to say whether it can.
WAITING = ("requested", "received", "on-hold")
# It said yes: now both are asked how it went.
UNDER_WAY = ("accepted", "in-progress")
# A «no», or an end that helped nobody: the ball is ours until somebody takes the next step.
TURNED_DOWN = ("rejected", "failed")
# While it stands so, a service may still read what it was sent.
OPEN_TO_SERVICE = (*WAITING, *UNDER_WAY)
BALLS = ("service", "us", "person")
BASES = ("consent", "public_task", "urgent_duty")
EVIDENCES = ("spoken", "paper", "app")
WHY_PARENT = ("", "collective", "rerouted")
# How it ended, for the service and for the person, apart. ``no_reply``: asked, and never said.
SILENT = "no_reply"
OUTCOMES = ("met", "partly", "no", "did_not_arrive", SILENT)
HELPED = ("met", "partly")
REASONS = ("full", "not_for_us", "outside_area", "closed", "needs_other", "other")
STEPS = (
    "sent", "opened", "accepted", "declined", "asked", "answered", "reminded", "came_back", "outcome_asked", "service_said",
    "person_said", "rerouted", "another_accepted", "revoked", "withdrawn", "no_outcome", "ended_with_thread", "card_confirmed",
)  # fmt: skip
