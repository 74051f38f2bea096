"""The only writes of this room, by act."""

from cortile.messages.actions.incoming import belongs_to, handle_sms, match_sms, receive_sms
from cortile.messages.actions.notices import withdraw_notice, write_notice
from cortile.messages.actions.outbox import deliver, deliver_one, follow_up, settle
from cortile.messages.actions.telling import give_on_paper, keep_off_phones, mail, mail_root, mark_read, tell

__all__ = [
    "belongs_to",
    "deliver", "deliver_one", "follow_up", "give_on_paper", "handle_sms", "keep_off_phones", "mail", "mail_root", "mark_read",
    "match_sms", "receive_sms", "settle", "tell", "withdraw_notice", "write_notice",
]  # fmt: skip
