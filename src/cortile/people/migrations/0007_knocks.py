"""Wrong sign-ins per address and hour; and the key of the order in which cards are numbered.

The key stays with the numbers: a new secret of the installation must not give the cards of old serials again.
"""

from typing import ClassVar

from django.db import migrations, models

KEY = """
DO $$ BEGIN
  EXECUTE format('CREATE FUNCTION people_card_key() RETURNS text LANGUAGE sql IMMUTABLE AS %L', format('SELECT %L', gen_random_uuid()));
END $$;
REVOKE ALL ON FUNCTION people_card_key() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_card_key() TO cortile_app;
"""


class Migration(migrations.Migration):
    """One small table that names nobody, and one function."""

    dependencies: ClassVar = [("people", "0006_openings_index")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Knock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("address", "hour", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("address", models.TextField()),
                ("hour", models.DateTimeField()),
                ("count", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(KEY, "DROP FUNCTION people_card_key()"),
    ]
