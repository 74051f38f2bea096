"""Wiring of the staff door."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Registers the staff door and who it opens to."""

    name = "cortile.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Load the policies of the door."""
        from cortile.workspace import policies  # noqa: F401, PLC0415 -- app ready
