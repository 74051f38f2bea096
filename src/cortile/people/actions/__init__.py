"""The only writes of this room, by act."""

from cortile.people.actions.helpers import name_delegate, name_representative, withdraw_delegation
from cortile.people.actions.reach import (
    add_contact_point,
    choose_in_person,
    confirm_contact_point,
    set_preferences,
    tell_apart,
)
from cortile.people.actions.register import form_household, open_tenancy, register
from cortile.people.actions.sign_in import issue_paper_code, sign_in
from cortile.people.actions.steps import next_card

__all__ = [
    "add_contact_point", "choose_in_person", "confirm_contact_point", "form_household", "issue_paper_code", "name_delegate",
    "name_representative", "next_card", "open_tenancy", "register", "set_preferences", "sign_in", "tell_apart",
    "withdraw_delegation",
]  # fmt: skip
