"""Counts that associations of their own hand over as signed files: the key each is read with, and the counts, which never change."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from cortile.kit.wall_sql import protect

_FROZEN = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON agencies_releasedcounts FOR EACH ROW EXECUTE FUNCTION kit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON agencies_releasedcounts FROM cortile_app;
"""


class Migration(migrations.Migration):
    """Two tables behind the wall of their body."""

    dependencies: ClassVar = [("agencies", "0006_first_from_age"), ("kit", "0006_subject_of_its_transaction")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CountsKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("association", models.TextField()),
                ("public", models.TextField()),
                ("received_by", models.TextField()),
                ("since", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts_keys", to="agencies.agency"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["agency", "association"], name="counts_key_once")]},
        ),
        migrations.CreateModel(
            name="ReleasedCounts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.TextField()),
                ("counts", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="released_counts", to="agencies.agency"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="released", to="agencies.countskey"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["key", "quarter"], name="released_counts_once")]},
        ),
        protect("agencies_countskey"),
        protect("agencies_releasedcounts"),
        migrations.RunSQL(_FROZEN, "DROP TRIGGER append_only ON agencies_releasedcounts;"),
    ]
