"""Wiring of the mechanism."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class KitConfig(AppConfig):
    """Puts the wall and the write guard on every connection of the application's role, and refuses a role too powerful."""

    name = "cortile.kit"
    label = "kit"

    def ready(self) -> None:
        """Install all three, except while the owner migrates."""
        from cortile.kit import guard, role, wall  # noqa: PLC0415 -- app ready

        if settings.GUARD_WRITES:
            connection_created.connect(role.refuse, dispatch_uid="cortile.role")
            connection_created.connect(guard.install, dispatch_uid="cortile.guard")
            connection_created.connect(wall.install, dispatch_uid="cortile.wall")
