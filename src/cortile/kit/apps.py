"""Wiring of the mechanism."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class KitConfig(AppConfig):
    """Puts the write guard on every connection of the application's role."""

    name = "cortile.kit"
    label = "kit"

    def ready(self) -> None:
        """Install the guard, except while the owner migrates."""
        from cortile.kit.guard import install  # noqa: PLC0415 -- app ready

        if settings.GUARD_WRITES:
            connection_created.connect(install, dispatch_uid="cortile.guard")
