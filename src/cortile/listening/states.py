"""The closed lists of this room: states are text, and the database checks them (product §3.6)."""

from __future__ import annotations

NATURES = ("social", "administrative", "technical")
CHANNELS = ("in_person", "phone", "app", "sms", "paper", "email", "outdoors", "custodian")
URGENCIES = ("low", "normal", "high", "danger")
BALLS = ("us", "you", "other")
STATES = ("received", "with_us", "waiting_you", "waiting_other", "solved", "closed")
OUTCOMES = (
    "solved",
    "solved_before_us",
    "listened",
    "no_reply",
    "withdrawn",
    "merged",
    "moved_away",
    "died",
    "not_solvable",
)
# What another system's requests are read as, whatever words it used.
PAST_STATES = ("open", "in_progress", "closed", "withdrawn")
# Acts that speak for themselves: they close without a yes (I2).
SELF_EVIDENT = ("solved_before_us", "withdrawn", "merged", "moved_away", "died")

# The nine chips of S2, over the three natures. Violence is never one (domain §8.1).
CHIPS: dict[str, str] = {
    "listening": "social",
    "faults": "technical",
    "rent": "administrative",
    "benefits": "administrative",
    "health": "social",
    "school": "social",
    "documents": "administrative",
    "neighbours": "social",
    "other": "administrative",
}
# What no custodian's screen carries (I8).
NOT_FOR_CUSTODIANS = ("rent", "benefits", "health")
# What the operator did, one tap.
DONE = ("listened", "explained", "helped_apply", "opened_request")

# The topics of T2 and the chip each becomes.
TOPICS: dict[str, str] = {
    "broken": "faults",
    "bills": "rent",
    "contract": "documents",
    "health": "health",
    "children": "school",
    "documents": "documents",
    "neighbours": "neighbours",
    "lonely": "listening",
    "other": "other",
}
SENSITIVE_TOPICS = ("health", "lonely", "neighbours", "bills")
# Never said in an SMS, nor shown to a session that an SMS opened: the phone may be in other hands (product §4, F5).
SENSITIVE_CHIPS = ("health", "listening", "neighbours", "rent", "benefits")
# The public lines that say where a person was sent, and what came of it: hers to tell, and no delegate reads them.
OF_SERVICES = ("referred", "service_accepted", "service_declined", "service_silent", "asked_outcome", "yes_withdrawn")
ANSWER_WAYS = ("phone", "sms", "app", "visit")
