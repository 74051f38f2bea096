"""The room of contacts and threads."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Registers the room, its relations and its listeners."""

    name = "cortile.listening"
    label = "listening"

    def ready(self) -> None:
        """Load the relations and the listeners."""
        from cortile.listening import access, listeners  # noqa: F401, PLC0415 -- app ready
