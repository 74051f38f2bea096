"""The migrations say what the models say, and can be taken back."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

UNCHECKED_STATES = """
SELECT table_name FROM information_schema.columns WHERE column_name = 'state' AND table_schema = 'public'
EXCEPT SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid) LIKE '%state%'
"""


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_can_be_taken_back() -> None:
    loader = MigrationLoader(connection)
    ours = [m for key, m in loader.disk_migrations.items() if m.__module__.startswith("cortile.")]
    steps = [(f"{m.app_label}.{m.name}", step) for m in ours for step in m.operations]
    assert [name for name, step in steps if isinstance(step, RunPython | RunSQL) and not step.reversible] == []


def test_every_state_has_a_check() -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNCHECKED_STATES)
        assert cursor.fetchall() == []


@pytest.mark.pure
def test_money_is_whole_cents() -> None:
    fields = [f for m in apps.get_models() if m.__module__.startswith("cortile.") for f in m._meta.get_fields()]
    assert [str(f) for f in fields if type(f).__name__ in {"FloatField", "DecimalField"}] == []
