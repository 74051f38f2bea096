"""A copy knows the request it was given for: what becomes of one becomes of the other."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The number of a row of a room above: no key leads up the stairs."""

    dependencies: ClassVar = [("people", "0008_whatever_was_opened")]
    operations: ClassVar = [migrations.AddField("sharedcopy", "thread_id", models.BigIntegerField(null=True, blank=True))]
