"""Calls we promised: a day, two hours, who calls, and in which language."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from cortile.kit.wall_sql import protect

STATES = ["booked", "done", "not_found", "cancelled"]


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [
        ("agenda", "0003_wall"), ("listening", "0005_wall"), ("people", "0011_access_ladder"),
        ("agencies", "0005_phone_and_doors"),
    ]  # fmt: skip
    operations: ClassVar = [
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("language", models.CharField(default="it", max_length=8)),
                ("interpreter", models.BooleanField(default=False)),
                ("state", models.TextField(default="booked")),
                ("created_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="call_backs", to="people.person"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="call_backs", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="call_backs", to="listening.thread"
                    ),
                ),
            ],
            options={"ordering": ["starts_at"]},
        ),
        migrations.AddConstraint(
            "callback", models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="call_back_forward")
        ),
        migrations.AddConstraint(
            "callback", models.CheckConstraint(condition=Q(state__in=STATES), name="call_back_state_known")
        ),
        migrations.AddConstraint(
            "callback",
            models.UniqueConstraint(fields=["thread"], condition=Q(state="booked"), name="call_back_one_open"),
        ),
        migrations.AddIndex(
            "callback", models.Index(fields=["staff", "starts_at"], name="call_back_of_staff", condition=Q(state="booked"))
        ),
        protect("agenda_callback", "social"),
    ]
