"""Wiring of the lane."""

from django.apps import AppConfig
from django.conf import settings


class HavenConfig(AppConfig):
    """Has the kit's events closed for the association, and fills in the content security policy."""

    name = "cortile.haven"
    label = "haven"

    def ready(self) -> None:
        """Keep the lane's own audit instead of the kit's."""
        from cortile.haven import audit, policies  # noqa: F401, PLC0415 -- app ready; the policies register themselves
        from cortile.kit import audit as kit  # noqa: PLC0415 -- app ready
        from cortile.kit import guard, pages  # noqa: PLC0415 -- app ready

        kit.kept_by(audit.keep)
        guard.keeps_events("haven_event", "haven_chain")
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].update(pages.content_policy())
