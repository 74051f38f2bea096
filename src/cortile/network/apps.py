"""The room of networks and their tables."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Registers the room."""

    name = "cortile.network"
    label = "network"
