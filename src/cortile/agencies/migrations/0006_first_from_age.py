"""From what age somebody's request comes first among those promised for the same day (R049, to confirm per body)."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of a body."""

    dependencies: ClassVar = [("agencies", "0005_phone_and_doors")]
    operations: ClassVar = [migrations.AddField("agency", "first_from_age", models.SmallIntegerField(default=75, db_default=75))]
