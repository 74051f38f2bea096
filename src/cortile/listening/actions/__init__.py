"""The only writes of this room, by act."""

from cortile.listening.actions.behalf import forget_mine
from cortile.listening.actions.brought import bring_document, bring_photo, bring_voice, forget_waiting
from cortile.listening.actions.call_backs import called, promise_call
from cortile.listening.actions.contacts import Asked, record_contact, record_request
from cortile.listening.actions.hand_overs import (
    answer_hand_over,
    chase,
    date_hand_over,
    hand_over,
    open_link,
    request_link_code,
    send_back,
    take_hand_over,
    withdraw_hand_over,
)
from cortile.listening.actions.history import open_from_history, past_request, take_in_history
from cortile.listening.actions.outcomes import give_outcome
from cortile.listening.actions.past import PastContact, PastThread, take_in_contacts, take_in_threads
from cortile.listening.actions.promises import keep_watch, move_promise, pass_to_deputy
from cortile.listening.actions.replies import give_sms
from cortile.listening.actions.set_up import set_answer_time, set_category, start_lists
from cortile.listening.actions.threads import (
    ask_tenant,
    assign,
    close,
    keep_in_person,
    mark_delicate,
    note,
    open_thread,
    propose_solved,
    record_attempt,
    refine,
    reopen,
    say,
    set_maintenance_number,
    take,
    tenant_confirms,
    tenant_not_solved,
    tenant_writes,
)

__all__ = [
    "Asked", "PastContact", "PastThread", "answer_hand_over", "ask_tenant", "assign", "bring_document", "bring_photo",
    "bring_voice", "called", "chase", "close", "date_hand_over", "forget_mine", "forget_waiting", "give_outcome",
    "give_sms", "hand_over",
    "keep_in_person", "keep_watch", "mark_delicate", "move_promise", "note", "open_from_history", "open_link", "open_thread",
    "pass_to_deputy", "past_request", "promise_call", "propose_solved", "record_attempt", "record_contact", "record_request",
    "refine", "reopen", "request_link_code", "say", "send_back", "set_answer_time", "set_category", "set_maintenance_number",
    "start_lists", "take", "take_hand_over", "take_in_contacts", "take_in_history", "take_in_threads", "tenant_confirms",
    "tenant_not_solved", "tenant_writes", "withdraw_hand_over",
]  # fmt: skip
