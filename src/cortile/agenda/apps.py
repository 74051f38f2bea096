"""The room of appointments."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the room and the relations its access knows."""

    name = "cortile.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Load the relations."""
        from cortile.agenda import access  # noqa: F401, PLC0415 -- app ready
