"""The wall of this room: what a contract owes, and the rows an import refused."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import protect


class Migration(migrations.Migration):
    """Every table that says something of a person."""

    dependencies: ClassVar = [("accounts", "0002_registry_digest"), ("kit", "0004_wall")]
    operations: ClassVar = [
        protect("accounts_account", "economic"),
        protect("accounts_registryimport"),
    ]
