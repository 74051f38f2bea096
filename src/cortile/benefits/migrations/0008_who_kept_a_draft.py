"""A draft says who wrote in it last."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty for what was begun before."""

    dependencies: ClassVar = [("benefits", "0007_invitations")]
    operations: ClassVar = [
        migrations.AddField("applicationdraft", "kept_by", models.TextField(blank=True, db_default="", default="")),
    ]
