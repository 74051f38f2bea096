"""Wiring of set-up and commands."""

from django.apps import AppConfig


class BackstageConfig(AppConfig):
    """Registers set-up and commands."""

    name = "cortile.backstage"
    label = "backstage"
