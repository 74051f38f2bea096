"""Request numbers come from the database's own sequence, short enough to be said on the phone."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """The sequence of the request numbers."""

    dependencies: ClassVar = [("listening", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE listening_thread_number START 1001", "DROP SEQUENCE listening_thread_number")
    ]
