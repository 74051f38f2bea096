"""The only writes of the directory."""

from cortile.directory.actions.agreements import end_agreement, sign_agreement
from cortile.directory.actions.cards import (
    place_service,
    publish_service,
    save_organization,
    set_capacity,
    set_hours,
    set_terms,
    withdraw_service,
    write_service,
)
from cortile.directory.actions.keeping import ask_keeper, confirm_by_link, confirm_service, correct_by_link, keep_fresh
from cortile.directory.actions.taking_in import take_in
from cortile.directory.actions.terms import load_terms

__all__ = [
    "ask_keeper", "confirm_by_link", "confirm_service", "correct_by_link", "end_agreement", "keep_fresh", "load_terms",
    "place_service", "publish_service", "save_organization", "set_capacity", "set_hours", "set_terms", "sign_agreement", "take_in",
    "withdraw_service", "write_service",
]  # fmt: skip
