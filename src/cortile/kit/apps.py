"""Wiring of the mechanism."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class KitConfig(AppConfig):
    """Puts the wall on every connection, and the write guard on those of the application's role."""

    name = "cortile.kit"
    label = "kit"

    def ready(self) -> None:
        """Install both, except while the owner migrates."""
        from cortile.kit import guard, wall  # noqa: PLC0415 -- app ready

        if settings.GUARD_WRITES:
            connection_created.connect(guard.install, dispatch_uid="cortile.guard")
            connection_created.connect(wall.install, dispatch_uid="cortile.wall")
