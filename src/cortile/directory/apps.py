"""The room of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the room and its relations."""

    name = "cortile.directory"
    label = "directory"

    def ready(self) -> None:
        """Load the relations."""
        from cortile.directory import access  # noqa: F401, PLC0415 -- app ready
