"""The wall of this room: contacts, requests, and what was said in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import gate, inherit, protect


class Migration(migrations.Migration):
    """Every table that says something of a person."""

    dependencies: ClassVar = [("listening", "0004_wall_columns"), ("kit", "0004_wall")]
    operations: ClassVar = [
        inherit("listening_contactperson", "listening_contact", "contact_id"),
        inherit("listening_entry", "listening_thread", "thread_id"),
        inherit("listening_promise", "listening_thread", "thread_id"),
        inherit("listening_handoverlink", "listening_handover", "hand_over_id"),
        gate("listening_agency_of_link", "listening_handoverlink", "token_hash"),
        protect("listening_contact", "social"),
        protect("listening_contactperson", "social"),
        protect("listening_thread", "social"),
        protect("listening_entry", "social"),
        protect("listening_promise", "social"),
        protect("listening_handover", "social"),
        protect("listening_handoverlink", "social"),
        protect("listening_pastrequest", "social"),
    ]
