"""The map library is the one its makers published, and comes from here: two files, compressed, kept for good."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from cortile.kit import leaflet
from cortile.kit.pages import lean

# What Leaflet's own page says a browser should hold version 1.9.4 to (leafletjs.com/download.html).
PUBLISHED = {"js": "20nQCchB9co0qIjJZRGuk2/Z9VM+kNiyxNV1lvTlZBo=", "css": "p4NxAoJBhIIN+hmNHrzRCf9tD/miZyoHS5obTRR9BMY="}
SERVED = (leaflet.SCRIPT, leaflet.SHEET)


def fetched(client: Client, address: str, **headers: str) -> tuple[Any, bytes]:
    answer: Any = client.get(address, headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@pytest.mark.pure
@pytest.mark.parametrize("kind", PUBLISHED)
def test_the_package_holds_what_its_makers_published(kind: str) -> None:
    assert digest(leaflet.published(kind)) == PUBLISHED[kind]
    assert digest(leaflet.published(kind) + b" ") != PUBLISHED[kind]


def test_the_script_is_served_as_it_is(client: Client) -> None:
    assert digest(fetched(client, leaflet.SCRIPT)[1]) == PUBLISHED["js"]


def test_of_the_sheet_only_what_is_worn_is_served_and_it_names_no_image(client: Client) -> None:
    whole = lean(leaflet.published("css").decode())
    served = fetched(client, leaflet.SHEET)[1].decode()
    rules = re.findall(r"[^{}]+{[^{}]*}", served)
    worn = {one for rule in rules for one in rule.partition("{")[0].split(",")}
    assert [rule for rule in rules if rule not in whole or "url(" in rule] == []
    assert {".leaflet-tile", ".leaflet-marker-icon", ".leaflet-bar a"} <= worn
    assert (served.count("{"), "url(" in whole) == (served.count("}"), True)


@pytest.mark.parametrize("address", SERVED)
def test_it_travels_compressed_and_is_kept_for_good(client: Client, address: str) -> None:
    answer, content = fetched(client, address, accept_encoding="gzip")
    assert (answer["Content-Encoding"], "immutable" in answer["Cache-Control"]) == ("gzip", True)
    assert gzip.decompress(content) == fetched(client, address)[1]


def test_a_file_of_ours_is_asked_for_again(client: Client) -> None:
    assert "immutable" not in fetched(client, "/static/cortile/map.js")[0]["Cache-Control"]


@pytest.mark.parametrize("name", ["leaflet-src.js", "leaflet.js", "images/marker-icon.png", "../secret.key"])
def test_nothing_else_of_the_package_is_served(client: Client, name: str) -> None:
    assert client.get(f"/static/library/{name}").status_code == 404
    assert finders.find(f"library/{name}") is None


def test_an_installation_that_has_just_begun_lays_it_out(settings: Settings, tmp_path: Path) -> None:
    settings.STATE = tmp_path / "new"
    found = finders.find(leaflet.SCRIPT.removeprefix("/static/"))
    assert digest(Path(str(found)).read_bytes()) == PUBLISHED["js"]
