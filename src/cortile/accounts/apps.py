"""The room of rent accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room and the relations its access knows."""

    name = "cortile.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Load the relations."""
        from cortile.accounts import access  # noqa: F401, PLC0415 -- app ready
