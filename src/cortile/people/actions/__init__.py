"""The only writes of this room, by act."""

from cortile.people.actions.alarms import draw_sample, place_canary, raise_alarm, review_alarm, watch_openings
from cortile.people.actions.codes import send_code
from cortile.people.actions.copies import end_copies_of, share_copy, withdraw_copy
from cortile.people.actions.helpers import name_delegate, name_representative, withdraw_delegation
from cortile.people.actions.identification import identify
from cortile.people.actions.openings import break_glass, open_absent, open_by_contact, open_in_front, review_glass, review_sampled
from cortile.people.actions.provider_sign_in import sign_in_with_identity
from cortile.people.actions.reach import (
    add_contact_point,
    choose_in_person,
    confirm_contact_point,
    contact_bounced,
    set_preferences,
    tell_apart,
)
from cortile.people.actions.register import form_household, open_tenancy, register
from cortile.people.actions.sign_in import issue_paper_code, sign_in
from cortile.people.actions.steps import next_card

__all__ = [
    "add_contact_point", "break_glass", "choose_in_person", "confirm_contact_point", "contact_bounced", "draw_sample",
    "end_copies_of", "form_household", "identify", "issue_paper_code", "name_delegate", "name_representative", "next_card",
    "open_absent", "open_by_contact", "open_in_front", "open_tenancy", "place_canary", "raise_alarm", "register",
    "review_alarm", "review_glass", "review_sampled", "send_code", "set_preferences", "share_copy", "sign_in",
    "sign_in_with_identity", "tell_apart",
    "watch_openings", "withdraw_copy", "withdraw_delegation",
]  # fmt: skip
