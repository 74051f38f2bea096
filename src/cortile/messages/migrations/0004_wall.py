"""The wall of this room: what was told to somebody."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import NOBODY_S, inherit, protect


class Migration(migrations.Migration):
    """Every table that says something of a person."""

    dependencies: ClassVar = [("messages", "0003_wall_columns"), ("kit", "0004_wall")]
    operations: ClassVar = [
        inherit("messages_delivery", "messages_message", "message_id"),
        protect("messages_message", "social"),
        protect("messages_delivery", "", NOBODY_S),
    ]
