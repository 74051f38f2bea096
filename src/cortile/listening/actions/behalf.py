"""«Scrivi per conto suo»: what a person says, or brings, at the desk or on the phone, written by who is in front of her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.files import of as files_of
from cortile.listening import access
from cortile.listening.actions import brought, threads
from cortile.listening.models import Thread
from cortile.people.behalf import in_place_of

BRING = {"photo": brought.bring_photo, "voice": brought.bring_voice, "document": brought.bring_document}


@action("files.forgotten")
def forget_mine(*, by: Actor) -> None:
    """Delete what somebody had begun to bring, from where they bring it now, and never sent."""
    brought.forget_own(by)
    done("D", fields=["files"])


@transaction.atomic
def write_for_her(thread: Thread, *, by: Actor, text: str, files: Mapping[str, Any] | None = None, once: str = "") -> Thread:
    """Add the person's own words, and what she brought, in her place: all or nothing, and both names stay.

    Raise ``Refused`` as ``tenant_writes`` and the files' own acts do.
    """
    acting = in_place_of(by, thread.person)
    # Whatever was left from another person's visit never comes along.
    if files_of(access.waiting_room(by), by.id or 0):
        forget_mine(by=by)
    for kind, upload in (files or {}).items():
        BRING[kind](thread.person, upload, upload.size, by=acting)
    return threads.tenant_writes(thread, by=acting, text=text, once=once)
