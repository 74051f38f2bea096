"""The access ladder: how somebody is known, where messages go first, in which hours."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from cortile.kit.wall_sql import inherit, protect

CHANNELS = ["sms", "email", "io", "paper", "app"]
WAYS = ["document", "spid", "cie"]
HOURS = Q(quiet_from=None, quiet_until=None) | Q(quiet_from__range=(0, 23), quiet_until__range=(0, 23))


class Migration(migrations.Migration):
    """Columns of a person and a code, and a row for each time somebody was identified."""

    dependencies: ClassVar = [("people", "0010_numbers_to_confirm"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations: ClassVar = [
        migrations.AddField("person", "channel", models.TextField(default="sms", db_default="sms")),
        migrations.AddField("person", "quiet_from", models.SmallIntegerField(null=True, blank=True)),
        migrations.AddField("person", "quiet_until", models.SmallIntegerField(null=True, blank=True)),
        migrations.AddConstraint(
            "person", models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="person_channel_known")
        ),
        migrations.AddConstraint("person", models.CheckConstraint(condition=HOURS, name="person_quiet_hours")),
        migrations.AddField("contactpoint", "bounced_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("signincode", "identified", models.BooleanField(default=False, db_default=False)),
        migrations.CreateModel(
            name="Identification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency_id", models.BigIntegerField(editable=False)),
                ("way", models.TextField()),
                ("document", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identifications", to="people.person"
                    ),
                ),
            ],
            options={"ordering": ["-at"]},
        ),
        migrations.AddConstraint(
            "identification", models.CheckConstraint(condition=Q(way__in=WAYS), name="identification_way_known")
        ),
        migrations.AddConstraint(
            "identification",
            models.CheckConstraint(condition=~Q(way="document") | Q(by__isnull=False), name="identification_document_by"),
        ),
        migrations.AddConstraint(
            "identification",
            models.UniqueConstraint(fields=["way", "subject"], condition=~Q(subject=""), name="identification_subject_once"),
        ),
        migrations.AddIndex("identification", models.Index(fields=["person", "-at"], name="identification_of")),
        migrations.CreateModel(
            name="SeenToken",
            fields=[("digest", models.TextField(primary_key=True, serialize=False)), ("at", models.DateTimeField())],
        ),
        inherit("people_identification", "people_person", "person_id"),
        protect("people_identification", "social"),
    ]  # fmt: skip
