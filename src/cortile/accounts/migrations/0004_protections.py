"""Since when something is owed, and what protects a contract while it owes."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from cortile.kit.wall_sql import inherit, protect


class Migration(migrations.Migration):
    """One column and one table."""

    dependencies: ClassVar = [("accounts", "0003_wall")]
    operations: ClassVar = [
        migrations.AddField("account", "owed_since", models.DateField(null=True, blank=True)),
        migrations.CreateModel(
            name="Protection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency_id", models.BigIntegerField(editable=False)),
                ("kind", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True, blank=True)),
                ("instalment_cents", models.BigIntegerField(null=True, blank=True)),
                ("said_by", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="protections", to="accounts.account"
                    ),
                ),
            ],
            options={"ordering": ["-since", "-pk"]},
        ),
        migrations.AddConstraint(
            "protection", models.CheckConstraint(condition=Q(kind__in=["plan", "application"]), name="protection_kind_known")
        ),
        migrations.AddConstraint(
            "protection",
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="protection_forward"),
        ),
        inherit("accounts_protection", "accounts_account", "account_id"),
        protect("accounts_protection", "economic"),
    ]
