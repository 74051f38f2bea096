"""A number somebody added on a phone waits for an operator: until then nobody uses it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One mark, and the rule that what waits is not used."""

    dependencies: ClassVar = [("people", "0009_copy_of_a_request")]
    operations: ClassVar = [
        migrations.AddField("contactpoint", "to_confirm", models.BooleanField(default=False, db_default=False)),
        migrations.AddConstraint(
            "contactpoint",
            models.CheckConstraint(condition=models.Q(to_confirm=False) | models.Q(safe=False), name="contact_point_waits_unused"),
        ),
    ]
