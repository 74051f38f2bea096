"""The room of referrals to services outside."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Registers the room, its relations and its listeners."""

    name = "cortile.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Load the relations and the listeners."""
        from cortile.referrals import access, listeners  # noqa: F401, PLC0415 -- app ready
