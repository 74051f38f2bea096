"""What a mail to a colleague speaks of: one that has not left is withdrawn when that becomes delicate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0004_wall")]

    operations = [
        migrations.AddField("delivery", "about_thing", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField("delivery", "about_id", models.BigIntegerField(null=True)),
    ]
