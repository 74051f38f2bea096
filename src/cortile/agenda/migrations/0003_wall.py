"""The wall of this room: who is expected where."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import protect


class Migration(migrations.Migration):
    """Every table that says something of a person."""

    dependencies: ClassVar = [("agenda", "0002_staff_once"), ("kit", "0004_wall")]
    operations: ClassVar = [
        protect("agenda_appointment", "social"),
    ]
