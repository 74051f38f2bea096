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

__all__ = ["book", "cancel", "cancel_all_at", "mark_done", "mark_no_show", "move", "remind_tomorrow"]
