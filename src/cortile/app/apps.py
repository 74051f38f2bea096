"""Wiring of the tenants' door."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """Registers the tenants' door and who it opens to."""

    name = "cortile.app"
    label = "app"

    def ready(self) -> None:
        """Load the policies of the door."""
        from cortile.app import policies  # noqa: F401, PLC0415 -- app ready
