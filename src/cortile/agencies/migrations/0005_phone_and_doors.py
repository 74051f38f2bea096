"""Who answers the phone, when no message leaves, and the neutral doors near the blocks."""

from __future__ import annotations

import datetime
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Columns of a body, and two tables of its settings."""

    dependencies: ClassVar = [("agencies", "0004_narrow_rights")]
    operations: ClassVar = [
        migrations.AddField("agency", "quiet_from", models.SmallIntegerField(default=20, db_default=20)),
        migrations.AddField("agency", "quiet_until", models.SmallIntegerField(default=8, db_default=8)),
        migrations.AddField("agency", "interpreter_phone", models.TextField(blank=True, default="", db_default="")),
        migrations.CreateModel(
            name="PhoneTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.SmallIntegerField()),
                ("opens", models.TimeField(default=datetime.time(9))),
                ("closes", models.TimeField(default=datetime.time(17))),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phone_turns", to="agencies.agency"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="phone_turns", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["agency_id", "weekday", "opens"]},
        ),
        migrations.CreateModel(
            name="LocalCentre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("door", models.TextField(blank=True)),
                ("address", models.TextField(blank=True)),
                ("hours", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("to_confirm", models.BooleanField(default=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="local_centres", to="agencies.agency"
                    ),
                ),
            ],
            options={"ordering": ["agency_id", "name"]},
        ),
        migrations.AddConstraint(
            "phoneturn", models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="phone_turn_weekday")
        ),
        migrations.AddConstraint("phoneturn", models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="phone_turn_forward")),
        migrations.AddConstraint(
            "phoneturn", models.UniqueConstraint(fields=["agency", "weekday", "opens"], name="phone_turn_once")
        ),
        migrations.AddConstraint(
            "localcentre", models.UniqueConstraint(fields=["agency", "name"], name="local_centre_once")
        ),
    ]
