"""A message read out to the person in front of us, or on the telephone: for her it is read, as if she had opened it."""

from __future__ import annotations

from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.messages import access
from cortile.messages.models import Message


@action("message.read_out")
def read_out(message: Message, *, by: Actor, once: str = "") -> Message:
    """Remember that a message was read out to her. Raise ``NotVisible`` for one the actor may not read."""
    row = access.visible_to(by).select_for_update(of=("self",)).filter(pk=message.pk).first()
    if row is None:
        raise NotVisible
    row.read_at = row.read_at or clock.now()
    row.save(update_fields=["read_at"])
    done("U", row, persons=[row.person_id], fields=["messages"])
    return row
