"""The room of messages."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Registers the room, its relations and its listeners."""

    name = "cortile.messages"
    label = "messages"

    def ready(self) -> None:
        """Load the relations and the listeners."""
        from cortile.messages import access, codes, listeners  # noqa: F401, PLC0415 -- app ready
