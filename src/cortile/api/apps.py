"""Wiring of the machines' door."""

from django.apps import AppConfig


class MachinesConfig(AppConfig):
    """Registers the machines' door and who it opens to."""

    name = "cortile.api"
    label = "api"

    def ready(self) -> None:
        """Load the policies of the door."""
        from cortile.api import policies  # noqa: F401, PLC0415 -- app ready
