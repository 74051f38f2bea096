"""Card numbers come from the database's own sequence: two desks never give the same one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """The sequence of the personal cards."""

    dependencies: ClassVar = [("people", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE people_card_serial START 100001", "DROP SEQUENCE people_card_serial")
    ]
