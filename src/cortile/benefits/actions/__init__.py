"""The only writes of this room, by act."""

from cortile.benefits.actions.applications import Stated, submit
from cortile.benefits.actions.attestations import record_protocol_number, record_threshold_check
from cortile.benefits.actions.batches import cancel_batch, close_batch, follow_up, make_batch, sign_batch
from cortile.benefits.actions.calls import draft_again, draft_call, propose_call, publish_call, redraft_call
from cortile.benefits.actions.drafts import (
    bring_paper,
    drop_old_drafts,
    keep_draft,
    keep_typed,
    remove_paper,
    renew_code,
    resume_draft,
)
from cortile.benefits.actions.envelopes import allocate, draw_list, open_envelope, void_list
from cortile.benefits.actions.flows import (
    correct_and_resend,
    mark_pulled,
    prepare_due,
    prepare_flow,
    set_siuss,
    take_in_results,
)
from cortile.benefits.actions.invitations import Looked, do_not_invite, look_for_unclaimed, mark_invitation, may_invite
from cortile.benefits.actions.payment_settings import set_bank_account, set_signature_bands
from cortile.benefits.actions.payments import mend_account, send_batch, take_in_outcomes

__all__ = [
    "Looked", "Stated", "allocate", "bring_paper", "cancel_batch", "close_batch", "correct_and_resend", "do_not_invite",
    "draft_again", "draft_call", "draw_list", "drop_old_drafts", "follow_up", "keep_draft", "keep_typed", "look_for_unclaimed",
    "make_batch", "mark_invitation", "mark_pulled", "may_invite", "mend_account", "open_envelope", "prepare_due",
    "prepare_flow", "propose_call", "publish_call", "record_protocol_number", "record_threshold_check", "redraft_call",
    "remove_paper", "renew_code", "resume_draft", "send_batch", "set_bank_account", "set_signature_bands", "set_siuss",
    "sign_batch", "submit", "take_in_outcomes", "take_in_results", "void_list",
]  # fmt: skip
