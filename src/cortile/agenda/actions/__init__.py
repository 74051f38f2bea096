"""The only writes of this room, by act."""

from cortile.agenda.actions.appointments import (
    book,
    cancel,
    cancel_all_at,
    mark_done,
    mark_no_show,
    move,
    remind_tomorrow,
)
from cortile.agenda.actions.call_backs import (
    ask_to_talk,
    book_call_back,
    cancel_call_back,
    end_with_request,
    keep_calls_off_phones,
    mark_called,
    mark_not_found,
    pass_calls_on,
)

__all__ = [
    "ask_to_talk", "book", "book_call_back", "cancel", "cancel_all_at", "cancel_call_back", "end_with_request",
    "keep_calls_off_phones", "mark_called", "mark_done", "mark_no_show", "mark_not_found", "move", "pass_calls_on",
    "remind_tomorrow",
]  # fmt: skip
