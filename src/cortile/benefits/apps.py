"""The room of contributions."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Registers the room and its relations."""

    name = "cortile.benefits"
    label = "benefits"

    def ready(self) -> None:
        """Load the relations."""
        from cortile.benefits import access  # noqa: F401, PLC0415 -- app ready
