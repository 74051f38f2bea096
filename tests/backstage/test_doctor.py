"""What an installation lacks is said in words, and fails."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cortile.backstage.management.commands.doctor import lacks


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Return settings with nothing to say about."""
    settings.DEMO, settings.DEBUG = False, False
    settings.PUBLIC_ADDRESS, settings.EMAIL_HOST = "https://casa.example", "smtp.example"
    return settings


@pytest.mark.usefixtures("production")
def test_a_good_installation_lacks_nothing() -> None:
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert "Non manca niente" in out.getvalue()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEMO", True, "CORTILE_DEMO"),
        ("DEBUG", True, "CORTILE_DEBUG"),
        ("PUBLIC_ADDRESS", "http://casa.example", "https"),
        ("EMAIL_HOST", "", "CORTILE_SMTP_HOST"),
    ],
)
def test_each_lack_is_named(production: Settings, name: str, value: object, said: str) -> None:
    setattr(production, name, value)
    assert [line for line in lacks() if said in line]


def test_a_demo_is_refused_as_production(settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="Manca"):
        call_command("doctor", stdout=io.StringIO())
