"""When somebody ended what protected a contract: its last day is not its end, and the history keeps both."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("accounts", "0004_protections")]
    operations: ClassVar = [
        migrations.AddField("protection", "ended_on", models.DateField(null=True, blank=True)),
    ]
