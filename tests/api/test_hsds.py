"""The public directory against HSDS 3.1's own description: shapes, pages, filters, and what nobody may read."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cortile.api import hsds
from cortile.directory import actions, files
from cortile.directory.models import Service
from cortile.kit import kept
from cortile.kit.actor import Actor
from tests import cast
from tests.directory import cards

ROOT = "/api/hsds"
LISTS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]


@lru_cache
def description() -> dict[str, Any]:
    path = Path(__file__).with_name("hsds-3.1-openapi-bundled.json.gz")
    return dict(json.loads(gzip.decompress(path.read_bytes())))


@lru_cache
def validator(path: str) -> jsonschema.Draft202012Validator:
    schema = description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    components = {"components": description()["components"]}
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(components | schema, format_checker=formats)


def wrong(path: str, told: object) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message[:120]}" for e in validator(path).iter_errors(told)]


def told(client: Client, path: str, **asked: object) -> Any:  # noqa: ANN401 -- JSON
    answer = client.get(f"{ROOT}/{path}", asked)
    assert answer.status_code == 200
    return answer.json()


def queries(client: Client, path: str) -> int:
    kept.forget()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"{ROOT}/{path}").status_code == 200
    return len(seen)


def walk(client: Client, path: str, size: int, **asked: object) -> list[str]:
    found, number, last = [], 1, False
    while not last:
        page = told(client, path, page=number, per_page=size, **asked)
        found += [row["id"] for row in page["contents"]]
        number, last = number + 1, page["last_page"]
    return found


# --- its shape ---


@pytest.mark.parametrize("full", ["", "?full=true", "?minimal=true", "?full_service=true"])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_as_described(client: Client, name: str, full: str) -> None:
    cards.whole()
    page = client.get(f"{ROOT}/{name}{full}").json()
    assert page["contents"] != []
    assert wrong(f"/{name}", page) == []


@pytest.mark.parametrize("name", LISTS)
def test_every_single_answer_is_as_described(client: Client, name: str) -> None:
    cards.whole()
    known = told(client, name)["contents"][0]["id"]
    assert wrong(f"/{name}/{{id}}", told(client, f"{name}/{known}")) == []


def test_the_check_of_shapes_sees_what_is_wrong(client: Client) -> None:
    card = told(client, f"services/{cards.whole().uuid}")
    assert wrong("/services/{id}", card | {"status": "aperto", "minimum_age": "sei"}) != []
    assert wrong("/services/{id}", {k: v for k, v in card.items() if k != "name"}) != []


def test_it_says_who_publishes_it(client: Client) -> None:
    about = told(client, "")
    assert wrong("/", about) == []
    assert about["version"] == "3.1"
    assert about["publisher"]


def test_a_whole_card_tells_hours_exceptions_and_places_left(client: Client) -> None:
    card = told(client, f"services/{cards.whole().uuid}")
    weekly, closed = card["schedules"]
    assert (weekly["byday"], weekly["opens_at"]) == ("MO,WE", "09:00")
    assert (closed["valid_from"], closed["description"]) == ("2026-12-07", "Chiuso")
    assert card["capacities"][0]["description"] == "waitlist"
    assert card["cost_options"][0]["amount"] == 15.5


def test_lists_are_asked_by_post_too(client: Client) -> None:
    cards.published()
    assert client.post(f"{ROOT}/services?per_page=1").json()["size"] == 1


# --- nothing that is not to be read ---


def test_a_draft_is_served_to_nobody(client: Client) -> None:
    row = cards.draft()
    assert told(client, "services")["contents"] == []
    assert client.get(f"{ROOT}/services/{row.uuid}").status_code == 404


def test_a_card_withdrawn_is_served_no_more(client: Client) -> None:
    row = cards.published()
    actions.withdraw_service(row.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    assert told(client, "services")["total_items"] == 0
    assert client.get(f"{ROOT}/services/{row.uuid}").status_code == 404
    assert told(client, "services", minimal="true")["contents"] == []


@pytest.mark.parametrize("asked", ["organizations?full=true", "organizations?full_service=true", "organizations/{id}"])
def test_of_an_organisation_only_the_places_of_published_cards_are_told(client: Client, asked: str) -> None:
    row = cards.whole()
    for other in (cards.draft("Casa protetta", of=row.organization), cards.published("Chiuso", of=row.organization)):
        actions.place_service(other.pk, by=cast.SYSTEM, address_1="Via Segreta 3", city="Milano")
    actions.withdraw_service(other.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    said = client.get(f"{ROOT}/{asked.format(id=row.organization.uuid)}").content.decode()
    assert ("Via dei Tigli 12" in said, "Via Segreta" in said) == (True, False)


def test_an_organisation_without_a_published_card_is_not_there(client: Client) -> None:
    row = cards.published()
    actions.withdraw_service(row.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    assert told(client, "organizations")["contents"] == []
    assert told(client, "organizations")["total_items"] == 0
    assert client.get(f"{ROOT}/organizations/{row.organization.uuid}").status_code == 404


def test_whoever_confirmed_a_card_is_not_named(client: Client, marta: Actor) -> None:
    row = cards.draft()
    actions.publish_service(row.pk, by=marta)
    assert "Marta" not in json.dumps(told(client, f"services/{row.uuid}"))


def test_the_box_of_who_keeps_a_card_is_told_to_nobody(client: Client) -> None:
    row = cards.whole()
    assert row.keeper_email == "segreteria@example.invalid"
    said = json.dumps(told(client, f"services/{row.uuid}")) + files.as_json() + files.as_tables()["services"].decode()
    assert "segreteria" not in said


# --- pages ---


def test_pages_are_walked_without_a_gap_or_a_duplicate(client: Client) -> None:
    firm = cards.organization()
    every = [str(cards.published(f"Servizio {n}", of=firm).uuid) for n in range(7)]
    assert walk(client, "services", 3) == every


def test_a_card_withdrawn_on_the_way_shifts_no_page(client: Client) -> None:
    rows = [cards.published(f"Servizio {n}") for n in range(5)]
    first = told(client, "services", page=1, per_page=2)["contents"]
    actions.withdraw_service(rows[0].pk, by=cast.SYSTEM, reason="Ha chiuso.")
    later = [told(client, "services", page=n, per_page=2)["contents"] for n in (2, 3)]
    assert [c["id"] for page in (first, *later) for c in page] == [str(row.uuid) for row in rows]


def test_an_old_draft_published_on_the_way_comes_last(client: Client) -> None:
    old, other = cards.draft("Vecchia bozza"), cards.published("Altra")
    actions.publish_service(old.pk, by=cast.SYSTEM)
    assert walk(client, "services", 1) == [str(other.uuid), str(old.uuid)]


@pytest.mark.parametrize("asked", [{"page": 99}, {"page": 0}, {"page": -3}, {"page": 10**40}])
def test_a_page_that_is_not_there_is_empty(client: Client, asked: dict[str, object]) -> None:
    cards.published()
    page = told(client, "services", **asked)
    assert (page["empty"], page["contents"]) == (True, [])


@pytest.mark.parametrize(
    "asked", ["page=due", "per_page=1.5", "full=forse", "modified_after=ieri", "page=1&page=2", "proximity=qui"]
)
def test_what_cannot_be_read_is_not_found_and_says_which(client: Client, asked: str) -> None:
    answer = client.get(f"{ROOT}/services?{asked}")
    assert answer.status_code == 404
    assert answer.json()["parameter"] == asked.partition("=")[0]


def test_lines_stream_every_card(client: Client) -> None:
    cards.published("Uno"), cards.published("Due")
    text = client.get(f"{ROOT}/services", {"format": "ndjson"}).getvalue().decode()
    assert [json.loads(line)["name"] for line in text.splitlines()] == ["Uno", "Due"]


# --- filters ---


def test_words_of_people_find_a_card(client: Client) -> None:
    cards.whole()
    cards.published("Ambulatorio")
    assert [c["name"] for c in told(client, "services", search="ripetizioni")["contents"]] == ["Doposcuola"]


def test_a_term_and_a_list_of_terms_filter(client: Client) -> None:
    row = cards.whole()
    cards.published("Ambulatorio")
    term = row.attributes.select_related("term__taxonomy")[0].term
    for asked in ({"taxonomy_term_id": term.uuid}, {"taxonomy_id": term.taxonomy.uuid}, {"organization_id": row.organization.uuid}):
        assert [c["id"] for c in told(client, "services", **asked)["contents"]] == [str(row.uuid)]
    assert told(client, "services", taxonomy_term_id="inventato")["contents"] == []


def test_only_what_changed_since(client: Client) -> None:
    cards.published()
    assert told(client, "services", modified_after="2026-01-01T00:00:00Z")["total_items"] == 1
    assert told(client, "services", modified_after="2030-01-01")["total_items"] == 0


def test_near_a_postcode(client: Client) -> None:
    cards.whole()
    assert told(client, "service_at_locations", postcode="20151")["total_items"] == 1
    assert told(client, "service_at_locations", postcode="20151", proximity="100")["total_items"] == 1
    assert told(client, "service_at_locations", postcode="26900")["total_items"] == 0


def test_where_a_draft_is_given_moves_no_middle_of_a_postcode(client: Client) -> None:
    row = cards.whole()
    other = cards.draft("Casa protetta", of=row.organization)
    actions.place_service(other.pk, by=cast.SYSTEM, address_1="Via B 3", postal_code="20151", degrees=(45.9, 9.9))
    assert told(client, "service_at_locations", postcode="20151", proximity="100")["total_items"] == 1


# --- as the web wants it ---


def test_every_page_of_the_web_may_ask_and_any_cache_may_keep(client: Client) -> None:
    answer = client.get(f"{ROOT}/services")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    cards.published()
    tag = client.get(f"{ROOT}/services").headers["ETag"]
    assert client.get(f"{ROOT}/services", headers={"If-None-Match": tag}).status_code == 304
    cards.published("Altro")
    assert client.get(f"{ROOT}/services", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "asked", ["services", "services?full=true", "organizations?full_service=true", "service_at_locations?full=true"]
)
def test_queries_do_not_grow_with_the_page(client: Client, asked: str) -> None:
    cards.whole("Uno")
    few = queries(client, asked)
    for n in range(4):
        cards.whole(f"Altro {n}")
    assert queries(client, asked) == few


def looked(client: Client, path: str) -> bool:
    """Tell whether an answer was made anew: whether any card was looked for."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"{ROOT}/{path}").status_code == 200
    return any("directory_service" in query["sql"] for query in seen)


@pytest.mark.parametrize("other", ["services?unheard=1", "services?full=false&page=1", "services?page=+1"])
def test_one_question_written_in_many_ways_is_kept_once(client: Client, other: str) -> None:
    cards.published()
    kept.forget()
    assert looked(client, "services")
    assert not looked(client, other)


def test_one_id_written_in_many_ways_is_kept_once(client: Client) -> None:
    row = cards.published()
    kept.forget()
    assert looked(client, f"services/{row.uuid}")
    assert not looked(client, f"services/{str(row.uuid).upper()}")


def test_answers_to_two_questions_are_two(client: Client) -> None:
    row = cards.whole().organization
    assert told(client, "services", page=1)["contents"] != told(client, "services", page=2)["contents"]
    short, whole = told(client, f"organizations/{row.uuid}"), told(client, f"organizations/{row.uuid}", full_service="true")
    assert "schedules" not in short["services"][0]
    assert "schedules" in whole["services"][0]


def test_an_answer_too_large_is_made_each_time(client: Client) -> None:
    cards.published(description="a" * hsds.LARGEST_KEPT)
    kept.forget()
    assert looked(client, "services")
    assert looked(client, "services")


def test_a_change_shows_at_once(client: Client) -> None:
    row = cards.published()
    told(client, "services")
    actions.write_service(row.organization, by=cast.SYSTEM, name="Nome nuovo", service_id=row.pk)
    assert told(client, "services")["contents"][0]["name"] == "Nome nuovo"
    assert Service.objects.get(pk=row.pk).position == row.position
