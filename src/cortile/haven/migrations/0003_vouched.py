"""An operator's public key is vouched for under the association's key. Who was here before changes her phrase once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty: an empty one vouches for nobody."""

    dependencies: ClassVar = [("haven", "0002_append_only")]
    operations: ClassVar = [
        migrations.AddField(model_name="operator", name="vouched", field=models.BinaryField(default=b"")),
    ]
