"""The acts of the examination, in one place: papers, notices, proposals, decisions, corrections."""

from cortile.benefits.actions.attestations import record_protocol_number, record_threshold_check
from cortile.benefits.actions.corrections import correct_decisions, revoke
from cortile.benefits.actions.decisions import decide
from cortile.benefits.actions.notices import note_receipt, send_notice, take_observations
from cortile.benefits.actions.papers import ask_documents, correct_datum, receive_documents
from cortile.benefits.actions.proposals import ask_review, propose, send_back, withdraw

__all__ = [
    "ask_documents", "ask_review", "correct_datum", "correct_decisions", "decide", "note_receipt", "propose", "receive_documents",
    "record_protocol_number", "record_threshold_check", "revoke", "send_back", "send_notice", "take_observations", "withdraw",
]  # fmt: skip
