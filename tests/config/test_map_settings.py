"""Where tiles are is an address the page's policy can name: anything else stops the start, in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cortile.kit import env

pytestmark = pytest.mark.pure
NAME = "CORTILE_MAP_TILES"


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example.invalid/{z}/{x}/{y}.png",
        "https://tiles.example.invalid:8443/stile/{z}/{x}/{y}.webp?key=abc",
        "/mappe/{z}/{x}/{y}.png",
        "",
    ],
)
def test_an_https_address_a_path_of_ours_or_nothing_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, address)
    assert env.tiles(NAME) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.invalid/{z}/{x}/{y}.png",
        "//tiles.example.invalid/{z}/{x}/{y}.png",
        "mappe/{z}/{x}/{y}.png",
        "https://tiles.example.invalid/{z}/{x}.png",
        "https://tiles.example.invalid/{z}/{x}/{y}/{z}.png",
        "https://{s}.tiles.example.invalid/{z}/{x}/{y}.png",
        "https://*.example.invalid/{z}/{x}/{y}.png",
        "https://nome:parola@tiles.example.invalid/{z}/{x}/{y}.png",
        "https://tiles.example.invalid; script-src * /{z}/{x}/{y}.png",
        "https://tiles.example.invalid/{z}/{x}/{y}.png; script-src *",
    ],
)
def test_any_other_address_stops_the_start(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, address)
    with pytest.raises(ImproperlyConfigured, match=r"^CORTILE_MAP_TILES: write an https:// address"):
        env.tiles(NAME)


def test_a_refusal_does_not_say_the_key_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "https://tiles.example.invalid/{z}/{x}.png?key=segreta")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.tiles(NAME)
    assert "segreta" not in str(refused.value)
