"""Counts that leave: from the work itself, never fewer than five, frozen and signed; nothing else goes out."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from cortile.agencies import released as the_houses
from cortile.haven import keyring, releases
from cortile.haven.actions import keys_life as life
from cortile.haven.actions import records
from cortile.haven.actions import releases as actions
from cortile.haven.actions import work as groups
from cortile.haven.models import Association, Door, Event, Release, Slot
from cortile.haven.reads import records as listed
from cortile.haven.reads import releases as reads
from cortile.kit import clock, scopes, signed_counts
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.kit.signed_counts import Quarter
from tests_haven import browser, cast

AUTUMN = Quarter(2025, 4)
DAY = "2025-11-03"


def met(shift: keyring.Shift, chiara: Actor, *steps: str, on: str = DAY, state: str = "done") -> None:
    """Open a record on a day, with steps."""
    record = records.open_record(shift, "girasole", by=chiara)
    (code,) = record.entries.all()
    records.rewrite(shift, code, {"kind": "code", "code": "girasole", "on": on}, by=chiara)
    for step in steps:
        records.write(shift, record, {"kind": "step", "step": step, "done": state == "done", "on": on}, by=chiara)


def half_hours(casa: Association, many: int, *, taken: bool = True, on: datetime = datetime(2025, 11, 3, 9, tzinfo=UTC)) -> None:
    """Put half hours on a day at the association's door."""
    with scopes.opened(scopes.EVERYTHING):
        door = Door.objects.create(association=casa, name="Consulenze", address="Via dei Tigli 1", hours="lunedì 9–12")
        Slot.objects.bulk_create(Slot(door=door, starts_at=on + timedelta(minutes=30 * n), taken=taken) for n in range(many))


def counted(shift: keyring.Shift, chiara: Actor, quarter: Quarter = AUTUMN) -> dict[str, int]:
    """Return what there is, without what is nothing."""
    return {line: count for line, count in reads.counted(shift, quarter, by=chiara).items() if count}


def lead(login: str = "chiara") -> Client:
    """Return the browser of somebody whose shift is open."""
    client = Client(headers={"host": "riservato.localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = browser.session_of(login)
    return client


# --- what is counted ---


def test_a_woman_counts_once_in_each_line(shift: keyring.Shift, chiara: Actor) -> None:
    met(shift, chiara, "support", "support", "work")
    assert counted(shift, chiara) == {"people": 1, "first_talks": 1, "support": 1, "work": 1}


def test_what_is_still_to_do_is_not_counted(shift: keyring.Shift, chiara: Actor) -> None:
    met(shift, chiara, "support", state="todo")
    assert counted(shift, chiara) == {"people": 1, "first_talks": 1}


def test_who_came_for_the_first_time_before_is_met_again_and_no_first_talk(shift: keyring.Shift, chiara: Actor) -> None:
    met(shift, chiara, on="2025-06-03")
    record = listed.every(shift, by=chiara)[0].record
    records.write(shift, record, {"kind": "step", "step": "work", "done": True, "on": DAY}, by=chiara)
    assert counted(shift, chiara) == {"people": 1, "work": 1}


def test_a_step_counts_on_the_day_it_was_done_whatever_day_it_was_for(shift: keyring.Shift, chiara: Actor) -> None:
    met(shift, chiara, "work", on="2026-01-20", state="todo")
    (opened,) = listed.every(shift, by=chiara)
    (step,) = opened.of("step")
    with clock.frozen(datetime(2025, 12, 20, 9, tzinfo=UTC)):
        records.tick(shift, opened.record, step.id, by=chiara, is_done=True)
    assert counted(shift, chiara) == {"people": 1, "work": 1}


@pytest.mark.parametrize(("on", "many"), [("2025-09-30", 0), ("2025-10-01", 1), ("2025-12-31", 1), ("2026-01-01", 0)])
def test_only_the_days_of_the_quarter_count(shift: keyring.Shift, chiara: Actor, on: str, many: int) -> None:
    met(shift, chiara, on=on)
    assert counted(shift, chiara).get("first_talks", 0) == many


def test_a_note_is_no_meeting(shift: keyring.Shift, chiara: Actor) -> None:
    met(shift, chiara, on="2025-06-03")
    record = listed.every(shift, by=chiara)[0].record
    records.write(shift, record, {"kind": "note", "text": "ha chiamato", "on": DAY}, by=chiara)
    assert counted(shift, chiara) == {}


def test_days_of_groups_and_who_came_are_added_up(shift: keyring.Shift, chiara: Actor) -> None:
    for day, came in ((date(2025, 10, 1), 7), (date(2025, 12, 31), 5), (date(2026, 2, 1), 9)):
        groups.note_group(shift, "Cucito", day, came, by=chiara)
    assert counted(shift, chiara) == {"group_days": 2, "presences": 12}


def test_half_hours_that_were_taken_are_counted_in_the_day_on_the_wall(
    shift: keyring.Shift, chiara: Actor, casa: Association
) -> None:
    half_hours(casa, 3)
    half_hours(casa, 2, taken=False, on=datetime(2025, 11, 4, 9, tzinfo=UTC))
    half_hours(casa, 1, on=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert counted(shift, chiara) == {"half_hours": 3}


def test_another_associations_work_is_not_ours(shift: keyring.Shift, chiara: Actor, dora: Actor) -> None:
    met(cast.shift("dora"), dora)
    assert counted(shift, chiara) == {}


# --- what may be told ---


@pytest.mark.pure
def test_from_one_to_four_is_said_of_nobody() -> None:
    assert [releases.told(work(people=n, first_talks=n))["people"] for n in (0, 1, 4, 5)] == [0, None, None, 5]


@pytest.mark.pure
def test_what_would_give_a_few_away_is_hidden_with_them() -> None:
    cells = releases.told(work(people=12, first_talks=10, support=12))
    assert cells["first_talks"] == signed_counts.HIDDEN
    assert all(signed_counts.is_cell(cell) for cell in cells.values())


@pytest.mark.pure
def test_two_few_that_must_fill_a_total_are_not_given_away_by_it() -> None:
    cells = releases.told(work(people=8, first_talks=4, support=4))
    assert (cells["first_talks"], cells["support"], cells["people"]) == (None, None, signed_counts.HIDDEN)


@pytest.mark.pure
def test_no_number_under_five_can_be_worked_out() -> None:
    seed = random.SystemRandom().randrange(10**6)
    draw = random.Random(seed)  # noqa: S311 -- numbers to try, no secret
    given = [work for work in (some_work(draw) for _ in range(150)) if known(releases.told(work))]
    assert given == [], f"seed {seed}"


@pytest.mark.pure
def test_hiding_only_the_small_ones_is_noticed() -> None:
    bare = {line: None if 0 < n < 5 else n for line, n in work(people=8, first_talks=4, support=4).items()}
    assert known(bare) >= {"first_talks", "support"}


def work(**counts: int) -> dict[str, int]:
    """Return a quarter's counts, nothing but these."""
    return dict.fromkeys(releases.LINES, 0) | counts


def some_work(draw: random.Random) -> dict[str, int]:
    """Draw a quarter with three kinds of work."""
    women = draw.randint(0, 12)
    parts = [draw.randint(0, women) for _ in range(3)]
    return work(people=max(min(women, sum(parts)), *parts), first_talks=parts[0], support=parts[1], job=parts[2])


def known(cells: Mapping[str, signed_counts.Cell]) -> set[str]:
    """Try every quarter that would read the same, and return the lines of a hidden number that is the same in all."""
    lines = ("people", "first_talks", "support", "work")
    ranges = [_range(cells[line], few_may_be_none=cells["people"] is None and line != "people") for line in lines]
    alike = [w for w in itertools.product(*ranges) if max(w[1:]) <= w[0] <= sum(w[1:])]
    hidden = [n for n, line in enumerate(lines) if not isinstance(cells[line], int)]
    return {lines[n] for n in hidden if len({w[n] for w in alike}) < 2} | few_left(alike)


def _range(cell: signed_counts.Cell, *, few_may_be_none: bool) -> Sequence[int]:
    """Return every number a cell may stand for."""
    if cell is None:
        return range(0 if few_may_be_none else 1, 5)
    return [cell] if isinstance(cell, int) else range(5, 25)


def few_left(alike: list[tuple[int, ...]]) -> set[str]:
    """Return which lines tell for certain how many few women are not in them."""
    left = {n: {w[0] - w[n] for w in alike} for n in (1, 2, 3)}
    return {f"not in {n}" for n, found in left.items() if len(found) == 1 and 0 < min(found) < 5}


# --- letting them leave ---


def test_a_released_quarter_is_a_signed_file_of_counts_and_nothing_else(
    shift: keyring.Shift, chiara: Actor, casa: Association
) -> None:
    for _ in range(6):
        met(shift, chiara, "support")
    raw = bytes(actions.release(shift, AUTUMN, by=chiara).document)
    said = signed_counts.read(raw)
    assert (said.association, said.quarter, said.public) == ("Spazio Aperto", AUTUMN, bytes(casa.signing_public))
    assert {line for line, count in said.cells.items() if count == 6} == {"people", "first_talks", "support"}
    assert b"girasole" not in raw


def test_what_is_written_later_changes_nothing(shift: keyring.Shift, chiara: Actor) -> None:
    before = bytes(actions.release(shift, AUTUMN, by=chiara).document)
    for _ in range(6):
        met(shift, chiara)
    assert reads.document(shift, AUTUMN, by=chiara) == before
    assert {value for _, value in reads.page(shift, AUTUMN, by=chiara).lines} == {"0"}


def test_a_quarter_is_signed_once(shift: keyring.Shift, chiara: Actor) -> None:
    actions.release(shift, AUTUMN, by=chiara)
    with pytest.raises(Refused, match="quarter-released"):
        actions.release(shift, AUTUMN, by=chiara)


def test_the_running_quarter_is_never_signed(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="quarter-open"):
        actions.release(shift, Quarter(2026, 1), by=chiara)


def test_only_who_leads_signs(giulia: Actor) -> None:
    with pytest.raises(Refused, match="lead-only"):
        actions.release(cast.shift("giulia"), AUTUMN, by=giulia)


@pytest.mark.parametrize("sql", ["UPDATE haven_release SET quarter = '2025-Q3'", "DELETE FROM haven_release"])
def test_not_even_sql_draws_it_again(shift: keyring.Shift, chiara: Actor, sql: str) -> None:
    actions.release(shift, AUTUMN, by=chiara)
    with pytest.raises(DatabaseError), transaction.atomic(), scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_release_is_written_in_the_associations_own_log(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    before = Event.objects.filter(association=casa).count()
    actions.release(shift, AUTUMN, by=chiara)
    # One for the records that were opened, one for what left.
    assert Event.objects.filter(association=casa).count() == before + 2


def test_another_association_reads_none_of_it(shift: keyring.Shift, chiara: Actor, dora: Actor) -> None:
    actions.release(shift, AUTUMN, by=chiara)
    with pytest.raises(NotVisible):
        reads.document(cast.shift("dora"), AUTUMN, by=dora)


# --- at the desk ---


def test_the_desk_signs_and_gives_the_file_and_the_key(casa: Association) -> None:
    client = lead()
    assert client.post("/lavoro/numeri/2025-Q4/").status_code == 302
    page = client.get("/lavoro/numeri/2025-Q4/").content.decode()
    assert ("Scarica il file" in page, "Firma i numeri" in page) == (True, False)
    said = signed_counts.read(client.get("/lavoro/numeri/2025-Q4/numeri.json").content)
    assert signed_counts.public_of(client.get("/lavoro/numeri/chiave.pem").content) == said.public == bytes(casa.signing_public)


def test_before_signing_the_page_says_what_would_leave(shift: keyring.Shift, chiara: Actor) -> None:
    for _ in range(3):
        met(shift, chiara)
    page = lead().get("/lavoro/numeri/2025-Q4/").content.decode()
    assert ("<dt>Persone incontrate</dt><dd>meno di 5</dd>" in page, "Firma i numeri" in page) == (True, True)
    assert not Release.objects.exists()


def test_signing_twice_is_said_on_the_page() -> None:
    client = lead()
    client.post("/lavoro/numeri/2025-Q4/")
    answer = client.post("/lavoro/numeri/2025-Q4/")
    assert (answer.status_code, "sono già firmati" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("name", ["2026-Q1", "2027-Q1", "2025-Q5", "autunno"])
def test_a_quarter_that_is_not_over_has_no_page(name: str) -> None:
    client = lead()
    assert {client.get(f"/lavoro/numeri/{name}/").status_code, client.post(f"/lavoro/numeri/{name}/").status_code} == {404}


@pytest.mark.parametrize("address", ["", "2025-Q4/", "2025-Q4/numeri.json", "chiave.pem"])
def test_an_operator_who_does_not_lead_finds_no_page(address: str) -> None:
    assert lead("giulia").get(f"/lavoro/numeri/{address}").status_code == 404


def test_a_quarter_that_was_not_signed_has_no_file() -> None:
    assert lead().get("/lavoro/numeri/2025-Q4/numeri.json").status_code == 404


@pytest.mark.parametrize("address", ["", "2025-Q4/"])
def test_its_pages_are_called_like_every_other(address: str) -> None:
    assert "<title>Informazioni utili</title>" in lead().get(f"/lavoro/numeri/{address}").content.decode()


@pytest.mark.pure
def test_the_four_quarters_of_a_year_meet() -> None:
    four = [Quarter(2025, number) for number in (1, 2, 3, 4)]
    assert [q.after for q in four[:3]] == [q.first for q in four[1:]]
    assert (four[3].after, four[0].before, signed_counts.quarter_of(date(2025, 12, 31))) == (
        date(2026, 1, 1),
        Quarter(2024, 4),
        four[3],
    )


def test_the_house_reads_what_we_sign(shift: keyring.Shift, chiara: Actor) -> None:
    raw = bytes(actions.release(shift, AUTUMN, by=chiara).document)
    assert the_houses.opened(raw, date(2026, 3, 11)).association == "Spazio Aperto"
    assert set(releases.LINES) == set(the_houses.LINES)


def test_a_key_turned_signs_as_before(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    life.turn_keys(shift, by=chiara)
    raw = bytes(actions.release(cast.shift("chiara"), AUTUMN, by=chiara).document)
    assert signed_counts.read(raw).public == bytes(casa.signing_public)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_three_months_are_signed_in_two_taps(width: int, site: browser.Site) -> None:
    page = site.phone("chiara", width=width)
    page.goto("/lavoro/numeri/")
    page.get_by_role("link", name="4º trimestre 2025").click()
    page.get_by_role("button", name="Firma i numeri").click()
    page.get_by_role("link", name="Scarica il file").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as file:
        page.get_by_role("link", name="Scarica il file").click()
    assert file.value.suggested_filename == "numeri-2025-Q4.json"
