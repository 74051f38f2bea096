"""``cortile migrate``: the library's own, and then the owner tells the database the wall's key (kit.wall)."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from cortile.kit import wall


class Command(migrate.Command):
    """Changes the tables as their owner."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then write the key again: a new installation secret is known at the next deployment."""
        super().handle(*args, **options)
        if not options["plan"]:
            wall.tell_the_key()
