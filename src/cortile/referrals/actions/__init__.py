"""The only writes of this room, by act."""

from cortile.referrals.actions.answering import accept, answer, ask, confirm_card, decline
from cortile.referrals.actions.keeping import keep_watch
from cortile.referrals.actions.learning import learn
from cortile.referrals.actions.links import open_link, request_link_code
from cortile.referrals.actions.moving import end_with_thread, reroute, revoke, withdraw_consent
from cortile.referrals.actions.outcomes import said_by_person, said_by_service
from cortile.referrals.actions.places import set_places
from cortile.referrals.actions.sending import refer_oneself, send, send_group, send_to_many
from cortile.referrals.bases import PublicTask, UrgentDuty, Yes

__all__ = [
    "PublicTask", "UrgentDuty", "Yes", "accept", "answer", "ask", "confirm_card", "decline", "end_with_thread", "keep_watch",
    "learn", "open_link", "refer_oneself", "request_link_code", "reroute", "revoke", "said_by_person", "said_by_service", "send",
    "send_group", "send_to_many", "set_places", "withdraw_consent",
]  # fmt: skip
