"""The only writes of the room of networks."""

from cortile.network.actions.decisions import decide, do_decision, move_decision
from cortile.network.actions.lendings import ask_counts, end_lending, lend_counts
from cortile.network.actions.networks import add_member, end_member, open_network
from cortile.network.actions.tables import close_minutes, hold_meeting, prepare_meeting

__all__ = [
    "add_member", "ask_counts", "close_minutes", "decide", "do_decision", "end_lending", "end_member", "hold_meeting",
    "lend_counts", "move_decision", "open_network", "prepare_meeting",
]  # fmt: skip
