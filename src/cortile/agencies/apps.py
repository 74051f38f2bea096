"""The room of bodies and staff."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registers the room."""

    name = "cortile.agencies"
    label = "agencies"
