"""What this room keeps: calls, applications with their decisions, the ledger of each envelope, and payments."""

from cortile.benefits.models.applications import Application, ApplicationDraft, Datum, Document, Step
from cortile.benefits.models.calls import Call, CallVersion
from cortile.benefits.models.decisions import Decision
from cortile.benefits.models.flows import SiussFlow, SiussOutcome, SiussSettings
from cortile.benefits.models.invitations import DoNotInvite, Invitation
from cortile.benefits.models.ledger import Balance, Entry, Envelope, Posting
from cortile.benefits.models.lists import DrawnList, DrawnPlace
from cortile.benefits.models.payments import BankAccount, Batch, BatchLine, OutcomeFile, OutcomeRow, Signature, SignatureBand

__all__ = [
    "Application", "ApplicationDraft", "Balance", "BankAccount", "Batch", "BatchLine", "Call", "CallVersion", "Datum",
    "Decision", "DoNotInvite", "Document", "DrawnList", "DrawnPlace", "Entry", "Envelope", "Invitation", "OutcomeFile",
    "OutcomeRow", "Posting", "Signature", "SignatureBand", "SiussFlow", "SiussOutcome", "SiussSettings", "Step",
]  # fmt: skip
