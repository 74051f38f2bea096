"""Agreements with partners stand behind the wall; the cards do not: a directory is public, like the places of the body."""

from django.db import migrations

from cortile.kit.wall_sql import protect


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("kit", "0006_subject_of_its_transaction")]

    operations = [protect("directory_agreement")]
