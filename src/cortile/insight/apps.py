"""Wiring of the month page."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the month page."""

    name = "cortile.insight"
    label = "insight"
