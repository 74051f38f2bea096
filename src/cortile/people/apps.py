"""The room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room and the relations its access knows."""

    name = "cortile.people"
    label = "people"

    def ready(self) -> None:
        """Load the relations."""
        from cortile.people import access  # noqa: F401, PLC0415 -- app ready
