"""The closed lists of this room: states are text, and the database checks them."""

from __future__ import annotations

# Where a file stands. With us to examine, with her for papers, with her before a no, waiting for a second signature, ended.
STATES = ("submitted", "documents", "notice", "proposed", "decided", "withdrawn")
# How it ended. ``waiting`` has the requirements, and the money is finished before it.
OUTCOMES = ("granted", "partly", "waiting", "refused", "revoked")
CHANNELS = ("app", "desk", "phone", "paper")
PAID_BY = ("account", "transfer")
STEPS = (
    "received", "documents_asked", "documents_in", "notice", "observations", "proposed", "sent_back", "decided", "review_asked",
    "corrected", "withdrawn", "protocol", "note",
)  # fmt: skip
DECISIONS = ("first", "review", "correction", "revocation")

# The ledger's accounts. ``funding`` is where an envelope's money comes from, and the only one below nought.
ACCOUNTS = ("funding", "available", "reserved", "committed", "paid", "recovered")
# What moves money, and between which accounts: from, to.
MOVES: dict[str, tuple[str, str]] = {
    "allocate": ("funding", "available"),
    "reserve": ("available", "reserved"),
    "release": ("reserved", "available"),
    "commit": ("reserved", "committed"),
    "free": ("committed", "available"),
    "pay": ("committed", "paid"),
    "return": ("paid", "committed"),
    "recover": ("paid", "recovered"),
    "reuse": ("recovered", "available"),
}

# Where a flow to INPS's SIUSS stands. ``dropped``: the money came back before INPS had it.
FLOW_STATES = ("ready", "pulled", "accepted", "rejected", "replaced", "blocked", "dropped")
FLOWS_UNSAID = ("blocked", "replaced", "dropped")
FLOWS_TO_MEND = ("blocked", "rejected")
FLOWS_ANSWERABLE = ("ready", "pulled", "accepted", "rejected")
# Who transmits to SIUSS for a body: nobody found a text that says it.
SENDERS = ("aler", "comune", "region")
# Somebody who looks entitled and has not applied: to be called, called, does not want it, has applied in the meantime.
INVITATIONS = ("to_invite", "invited", "declined", "applied")
# --- payments ---
# Being made, waiting for signatures, signed by enough people, gone out, answered line by line. Cancelled frees its lines.
BATCHES = ("open", "closed", "signed", "sent", "settled", "cancelled")
# ``dropped`` is a line of a cancelled batch; whoever came back may be in a batch again.
LINES = ("queued", "sent", "paid", "returned", "dropped")
LIVE = ("queued", "sent", "paid")
# What an answer's row did: it changed a line, or it says why it did not.
ROWS = ("applied", "explained")
