"""The room of contributions."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Registers the room."""

    name = "cortile.benefits"
    label = "benefits"
