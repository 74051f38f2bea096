"""What an installation lacks is said in words, and fails."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency
from cortile.backstage.management.commands.doctor import lacks
from tests import cast
from tests.identity.around import configure


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Return settings with nothing to say about."""
    settings.DEMO, settings.DEBUG = False, False
    settings.PUBLIC_ADDRESS, settings.EMAIL_HOST = "https://casa.example", "smtp.example"
    settings.ALLOWED_HOSTS, settings.PROXY = ["casa.example"], True
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-cortile", True
    settings.SCANNER = "adapters.clamav.Clamd"
    settings.CARRIERS, settings.SMS_SECRET = {"sms": "adapters.sms_http.gateway.Gateway"}, "segreto"
    settings.WITNESSES = ["uno@example.invalid", "due@example.invalid"]
    return settings


@pytest.mark.usefixtures("production")
def test_a_good_installation_lacks_nothing() -> None:
    # Nobody seals in a test's own database; tests/kit/test_sealing.py does. Its bodies have one lead each, and no phone turns.
    of_the_cast = ("cortile seal", "una seconda persona", "turno al telefono")
    assert [line for line in lacks() if not any(said in line for said in of_the_cast)] == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEMO", True, "CORTILE_DEMO"),
        ("DEBUG", True, "CORTILE_DEBUG"),
        ("PUBLIC_ADDRESS", "http://casa.example", "https"),
        ("EMAIL_HOST", "", "CORTILE_SMTP_HOST"),
        ("SCANNER", "", "CORTILE_SCANNER"),
        ("MAP_TILES", "/mappe/{z}/{x}/{y}.png", "CORTILE_MAP_CREDIT"),
        ("CARRIERS", {"sms": "cortile.messages.channels.Files"}, "CORTILE_SMS_CARRIER"),
        ("SMS_SECRET", "", "CORTILE_SMS_SECRET"),
        ("PROXY", False, "CORTILE_PROXY"),
        ("ALLOWED_HOSTS", ["127.0.0.1"], "CORTILE_ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "CORTILE_ALLOWED_HOSTS"),
        ("SESSION_COOKIE_NAME", "cortile", "__Host-"),
        ("SESSION_COOKIE_SECURE", False, "__Host-"),
        ("SECRET_KEY", "another installation's", "chiave del muro"),
    ],
)
def test_each_lack_is_named(production: Settings, name: str, value: object, said: str) -> None:
    setattr(production, name, value)
    assert [line for line in lacks() if said in line]


def one_reader() -> list[str]:
    """Return the bodies where an alarm about whoever reads alarms has no reader."""
    return [line for line in lacks() if "Nomina una seconda persona" in line and line.startswith(cast.agency().name)]


@pytest.mark.usefixtures("production")
def test_an_alarm_about_the_only_lead_has_no_reader(milano: Agency) -> None:
    assert len(one_reader()) == 1
    agencies.name_lane_owner(milano, cast.staff("paola"), by=cast.SYSTEM)
    assert len(one_reader()) == 1
    agencies.name_lane_owner(milano, cast.staff("nadia"), by=cast.SYSTEM)
    assert one_reader() == []


def test_a_demo_is_refused_as_production(settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="Manca"):
        call_command("doctor", stdout=io.StringIO())


@pytest.mark.usefixtures("production")
def test_a_provider_half_configured_and_one_that_does_not_answer_are_said(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("spid", "http://127.0.0.1:9", tmp_path, settings, monkeypatch)
    configure("cie", "", tmp_path, settings, monkeypatch)
    found = [line for line in lacks() if "SPID" in line or "CIE" in line]
    assert ["non risponde" in found[0], "configurato a metà" in found[1]] == [True, True]
