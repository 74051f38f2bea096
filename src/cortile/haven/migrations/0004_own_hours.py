"""Half hours are of the public page or of the association alone; those a record keeps already become its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# The desk took them without words. They are not on the page now, and will not come back to it.
KEPT_BY_RECORDS = "UPDATE haven_slot SET public = false WHERE taken AND words IS NULL"


class Migration(migrations.Migration):
    """A column, and what it says of the rows that are there."""

    dependencies: ClassVar = [("haven", "0003_vouched")]
    operations: ClassVar = [
        migrations.AddField("slot", "public", models.BooleanField(default=True)),
        migrations.RunSQL(KEPT_BY_RECORDS, migrations.RunSQL.noop),
    ]
