"""Wiring of the tenants' door."""

from django.apps import AppConfig


class AppConfig(AppConfig):
    """Registers the tenants' door."""

    name = "cortile.app"
    label = "app"
