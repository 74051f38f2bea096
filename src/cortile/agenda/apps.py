"""The room of appointments."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the room, its relations and its listeners."""

    name = "cortile.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Load the relations and the listeners."""
        from cortile.agenda import access, listeners  # noqa: F401, PLC0415 -- app ready
