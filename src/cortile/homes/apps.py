"""The room of homes and places."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """Registers the room."""

    name = "cortile.homes"
    label = "homes"
