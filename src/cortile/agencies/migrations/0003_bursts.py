"""How many records, in how many minutes, a body asks about."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the measure of a burst, with its default to be confirmed."""

    dependencies: ClassVar = [("agencies", "0002_wall_columns")]
    operations: ClassVar = [
        migrations.AddField("agency", "burst_people", models.SmallIntegerField(default=30, db_default=30)),
        migrations.AddField("agency", "burst_minutes", models.SmallIntegerField(default=15, db_default=15)),
        migrations.AddField("agency", "burst_to_confirm", models.BooleanField(default=True, db_default=True)),
    ]
