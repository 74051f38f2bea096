"""Wiring of the staff door."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Registers the staff door."""

    name = "cortile.workspace"
    label = "workspace"
