"""The last wiring: the start stops here when the policy names a relation nobody knows."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class WiringConfig(AppConfig):
    """Checks the policy table once every room has registered, and fills in the content security policy."""

    name = "cortile.config"
    label = "wiring"

    def ready(self) -> None:
        """Refuse to start on an unresolved relation, or with a scanner or a carrier nobody can find."""
        from django.core.checks import register  # noqa: PLC0415 -- app ready

        from cortile.agencies import policy  # noqa: PLC0415 -- app ready
        from cortile.config import start  # noqa: PLC0415 -- app ready
        from cortile.kit import carriers, pages, scanning  # noqa: PLC0415 -- app ready

        if missing := policy.unresolved():
            message = f"the policy table names relations no room knows: {', '.join(missing)}"
            raise ImproperlyConfigured(message)
        scanning.scanner()
        carriers.every()
        register(start.every_page_has_a_policy)
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].update(pages.content_policy())
