"""How many numbers somebody on the phone asked about in an hour."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, of counts: it names no person and no request."""

    dependencies: ClassVar = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("listening", "0005_wall")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="PhoneLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                ("asked", models.SmallIntegerField(default=0)),
                ("missed", models.SmallIntegerField(default=0)),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddConstraint("phonelook", models.UniqueConstraint(fields=("staff", "hour"), name="phone_look_once")),
    ]
