"""Each message leaves once: a name of its own outside, a lease, quiet hours; what comes back, and notices of a building."""

from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from cortile.kit.wall_sql import protect

STATES = ["queued", "sending", "sent", "delivered", "bounced", "failed", "withdrawn"]
CHANNELS = ["sms", "email", "io", "voice", "paper"]


class Migration(migrations.Migration):
    """Columns of a delivery, incoming SMS and notices."""

    dependencies: ClassVar = [
        ("messages", "0005_mail_about"), ("homes", "0003_wall_columns"), ("agencies", "0005_phone_and_doors"),
        ("people", "0011_access_ladder"),
    ]  # fmt: skip
    operations: ClassVar = [
        migrations.AddField("message", "sensitive", models.BooleanField(default=False, db_default=False)),
        # What was said before nobody marked: a session opened by SMS shows none of it. The wall would hide the rows from us too.
        migrations.RunSQL(
            """ALTER TABLE messages_message NO FORCE ROW LEVEL SECURITY; UPDATE messages_message SET sensitive = true;
               ALTER TABLE messages_message FORCE ROW LEVEL SECURITY""",
            migrations.RunSQL.noop,
        ),
        migrations.AddField("delivery", "reference", models.UUIDField(default=uuid.uuid4, null=True, editable=False)),
        migrations.RunSQL(
            """ALTER TABLE messages_delivery NO FORCE ROW LEVEL SECURITY;
               UPDATE messages_delivery SET reference = gen_random_uuid();
               ALTER TABLE messages_delivery FORCE ROW LEVEL SECURITY""",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("delivery", "reference", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)),
        migrations.AddField("delivery", "carrier_reference", models.TextField(blank=True, default="", db_default="")),
        migrations.AddField("delivery", "not_before", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("delivery", "leased_until", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("delivery", "settled_at", models.DateTimeField(null=True, blank=True)),
        migrations.RemoveConstraint("delivery", "delivery_state_known"),
        migrations.RemoveConstraint("delivery", "delivery_channel_known"),
        migrations.AddConstraint("delivery", models.CheckConstraint(condition=Q(state__in=STATES), name="delivery_state_known")),
        migrations.AddConstraint(
            "delivery", models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="delivery_channel_known")
        ),
        migrations.RemoveIndex("delivery", "delivery_queue"),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["state", "id"], name="delivery_queue", condition=Q(state__in=["queued", "sending"])),
        ),
        migrations.CreateModel(
            name="IncomingSms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thread_id", models.BigIntegerField(null=True, blank=True)),
                ("reference", models.TextField(unique=True)),
                ("sender", models.TextField()),
                ("text", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("received_at", models.DateTimeField()),
                ("handled_by", models.TextField(blank=True)),
                ("handled_at", models.DateTimeField(null=True, blank=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="incoming_sms",
                        to="people.person",
                    ),
                ),
            ],
            options={"ordering": ["-received_at"]},
        ),
        migrations.AddConstraint(
            "incomingsms",
            models.CheckConstraint(condition=Q(state__in=["matched", "waiting", "handled"]), name="incoming_sms_state_known"),
        ),
        migrations.AddIndex(
            "incomingsms",
            models.Index(fields=["agency", "-received_at"], name="incoming_sms_waiting", condition=Q(state="waiting")),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("phone", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True, blank=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency")),
                (
                    "building",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="homes.building"),
                ),
                (
                    "stair",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notices",
                        to="homes.stair",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-since", "-pk"]},
        ),
        migrations.AddConstraint(
            "notice", models.CheckConstraint(condition=Q(until__gte=F("since")), name="notice_forward")
        ),
        migrations.AddIndex("notice", models.Index(fields=["building", "-until"], name="notice_of_building")),
        protect("messages_incomingsms", "social"),
    ]  # fmt: skip
