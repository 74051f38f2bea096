"""Who can help: by need, true before old, near before far, open now; and nothing left of who looked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.directory import actions, finding, reads, searching, vocabulary
from cortile.directory.actions.cards import schedule_of
from cortile.directory.models import Service, TaxonomyTerm
from cortile.directory.rules import matching
from cortile.directory.rules.hours import Hours
from cortile.directory.searching import Asked
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.directory import cards
from tests.directory.test_cards import token

# Wednesday 11 March 2026, ten in the morning in Milan.
WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)
MORNING = Hours(freq="WEEKLY", byday=("WE",), opens=time(9), closes=time(12))


def found(words: str = "", **asked: object) -> list[str]:
    """Return the names of the cards a search finds."""
    return [hit.service.name for hit in searching.search(cast.agency(), Asked(words=words, **asked)).hits]  # type: ignore[arg-type]


def under(name: str, *codes: str, of: object = None, **details: object) -> Service:
    """Publish a card under some needs."""
    if not TaxonomyTerm.objects.exists():
        actions.load_terms(by=cast.SYSTEM)
    row = cards.published(name, of=of, **details)  # type: ignore[arg-type]
    return actions.set_terms(row.pk, by=cast.SYSTEM, codes=codes)


def grown_old(row: Service, days: int) -> Service:
    with scopes.opened(scopes.EVERYTHING):
        Service.objects.filter(pk=row.pk).update(confirmed_at=clock.now() - timedelta(days=days))
    return row


# --- by need ---


def test_a_need_finds_its_services_in_every_language() -> None:
    under("Tigli", "homework")
    under("Emporio", "food")
    for phrases in vocabulary.said()["homework"].values():
        assert found(phrases[0])[:1] == ["Tigli"]


def test_each_need_finds_the_service_under_it_in_each_language() -> None:
    firm = cards.organization()
    named = {under(f"Servizio {n}", code, of=firm).pk: code for n, code in enumerate(vocabulary.said())}

    def meant(phrase: str) -> set[str]:
        return {named[pk] for pk in finding.fits(Service.objects.all(), phrase, finding.meant(phrase))}

    said = [(code, phrases[0]) for code, tongues in vocabulary.said().items() for phrases in tongues.values()]
    assert [(code, phrase) for code, phrase in said if code not in meant(phrase)] == []


def test_a_word_with_a_letter_wrong_says_it_guessed() -> None:
    under("Casa serena", "carer")
    told = searching.search(cast.agency(), Asked(words="bdante"))
    assert (told.guessed, told.needs) == (True, ("Aiuto in casa per chi è anziano",))
    assert not searching.search(cast.agency(), Asked(words="badante")).guessed


def test_its_own_name_finds_a_card_with_a_letter_wrong_too() -> None:
    cards.published("Doposcuola delle Betulle")
    assert found("betule") == ["Doposcuola delle Betulle"]


def test_what_answers_both_words_comes_first() -> None:
    under("Compiti", "homework")
    under("Compiti e pacco", "homework", "food")
    assert found("compiti pacco") == ["Compiti e pacco", "Compiti"]


def test_a_word_of_nothing_finds_nothing() -> None:
    under("Tigli", "homework")
    assert found("zzzzqqq") == []


# --- what is true ---


def test_a_draft_and_a_withdrawn_card_are_found_by_nobody(marta: Actor) -> None:
    cards.draft("Bozza")
    row = under("Tigli", "homework")
    actions.withdraw_service(row.pk, by=marta, reason="Ha chiuso.")
    assert found() == found("compiti") == found("tigli") == found("bozza") == []
    with pytest.raises(NotVisible):
        searching.one(cast.agency(), row.pk)


def test_sure_comes_before_old_and_old_is_said() -> None:
    grown_old(under("A vecchia", "food"), 120)
    under("B sicura", "food")
    hits = searching.search(cast.agency(), Asked(words="pacco")).hits
    assert [(hit.service.name, hit.sure) for hit in hits] == [("B sicura", True), ("A vecchia", False)]
    assert hits[1].days_ago == 120


def test_a_card_of_ninety_days_is_no_longer_sure() -> None:
    row = under("Tigli", "food")
    assert searching.one(cast.agency(), grown_old(row, 89).pk).sure
    assert not searching.one(cast.agency(), grown_old(row, 90).pk).sure


# --- where ---


def placed(name: str, north: float, *, here: bool = False, step_free: bool | None = None) -> Service:
    row = cards.published(name, of=cards.organization(name=f"Ente di {name}"))
    area = cast.space().neighbourhood
    actions.place_service(
        row.pk, by=cast.SYSTEM, address_1=f"Via {name} 1", city="Milano", degrees=(north, 9.14), step_free=step_free,
        neighbourhood_id=area.pk if here and area else None,
    )  # fmt: skip
    return row


def test_near_comes_before_far_and_what_has_no_place_is_last() -> None:
    quarter = cast.space().neighbourhood
    assert quarter is not None
    placed("Lontano", 45.52)
    placed("Accanto", 45.482)
    placed("Qui", 45.478, here=True)
    cards.published("Al telefono", of=cards.organization(name="Linea"))
    assert found(quarter=quarter.pk) == ["Qui", "Accanto", "Lontano", "Al telefono"]
    assert found(quarter=quarter.pk, near=True) == ["Qui", "Accanto"]


def test_where_a_draft_is_given_moves_no_middle() -> None:
    placed("Qui", 45.478, here=True)
    hidden = placed("Nascosto", 45.9, here=True)
    actions.withdraw_service(hidden.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    assert searching.middle_of(cast.space().neighbourhood_id or 0) == (45_478_000, 9_140_000)


def test_step_free_leaves_out_what_nobody_looked_at() -> None:
    placed("Piano", 45.478, step_free=True)
    placed("Scale", 45.478, step_free=False)
    placed("Chissà", 45.478)
    assert found(step_free=True) == ["Piano"]


def test_another_town_s_card_is_not_here_and_a_neighbour_body_s_is() -> None:
    far, near = (cards.published(name, of=cards.organization(cast.agency("aler-lodi"), name=name)) for name in ("Pavia", "Milano"))
    actions.place_service(far.pk, by=cast.SYSTEM, address_1="Via A 1", city="Pavia")
    actions.place_service(near.pk, by=cast.SYSTEM, address_1="Via B 1", city="Milano")
    assert found() == ["Milano"]


# --- when, and the rest ---


def test_open_now_is_the_hour_on_the_wall() -> None:
    actions.set_hours(cards.published("Mattina").pk, by=cast.SYSTEM, lines=[MORNING])
    assert found(open_now=True) == ["Mattina"]
    with clock.frozen(WEDNESDAY + timedelta(hours=4)):
        assert found(open_now=True) == []


def test_an_exception_closes_and_opens() -> None:
    row = cards.published("Mattina")
    closed = Hours(exception=True, since=date(2026, 3, 11))
    special = Hours(exception=True, since=date(2026, 3, 12), opens=time(9), closes=time(12))
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[MORNING, closed, special])
    assert found(open_now=True) == []
    with clock.frozen(WEDNESDAY + timedelta(days=1)):
        assert found(open_now=True) == ["Mattina"]


def at_a_place(row: Service, name: str, *lines: Hours) -> None:
    """Put a card in a place that keeps its own hours."""
    at = actions.place_service(row.pk, by=cast.SYSTEM, address_1=f"Via {name} 1", city="Milano")
    with scopes.opened(scopes.EVERYTHING):
        for line in lines:
            schedule_of(line, location=at.location).save()


def test_a_note_takes_no_hours_of_the_place_away() -> None:
    row = cards.published("Mattina")
    at_a_place(row, "Tigli", MORNING)
    with scopes.opened(scopes.EVERYTHING):
        row.schedules.create(description="Ad agosto solo il lunedì.")
    assert found(open_now=True) == ["Mattina"]
    assert searching.one(cast.agency(), row.pk).today.spans == ((time(9), time(12)),)


def test_a_place_closed_today_closes_no_other() -> None:
    row = cards.published("Mattina")
    at_a_place(row, "Aceri", MORNING, Hours(exception=True, since=date(2026, 3, 11)))
    assert found(open_now=True) == []
    at_a_place(row, "Tigli", MORNING)
    assert found(open_now=True) == ["Mattina"]


@pytest.mark.parametrize("day", [date(2026, 12, 7), date(2026, 12, 25), date(2026, 4, 6)])
def test_on_a_feast_weekly_hours_rest_unless_somebody_wrote_otherwise(day: date) -> None:
    line = Hours(freq="WEEKLY", byday=("MO", "FR"), opens=time(9), closes=time(12))
    row = cards.published("Mattina")
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[line])
    with clock.frozen(clock.at(day, time(10))):
        assert found(open_now=True) == []
        assert searching.one(cast.agency(), row.pk).today.feast
        actions.set_hours(row.pk, by=cast.SYSTEM, lines=[line, Hours(exception=True, since=day, opens=time(9), closes=time(12))])
        assert found(open_now=True) == ["Mattina"]


def test_a_dormitory_is_open_over_midnight() -> None:
    night = Hours(freq="WEEKLY", byday=("WE",), opens=time(20), closes=time(8))
    row = cards.published("Dormitorio")
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[night])
    for day, hour, there in ((11, 7, False), (11, 21, True), (12, 7, True), (12, 8, False), (12, 21, False)):
        with clock.frozen(clock.at(date(2026, 3, day), time(hour))):
            assert (day, hour, found(open_now=True)) == (day, hour, ["Dormitorio"] if there else [])
            assert searching.one(cast.agency(), row.pk).open_now is there


def test_a_feast_s_eve_is_open_until_its_morning() -> None:
    night = Hours(freq="WEEKLY", byday=("TH", "FR"), opens=time(20), closes=time(8))
    row = cards.published("Dormitorio")
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[night])
    # Friday 25 December 2026: the night of the 24th lasts until its morning, and none begins on it.
    for day, there in ((25, True), (26, False)):
        with clock.frozen(clock.at(date(2026, 12, day), time(7))):
            assert (day, found(open_now=True)) == (day, ["Dormitorio"] if there else [])


def test_a_service_closed_for_now_is_never_open_now() -> None:
    row = cards.published("Mattina", status="temporarily closed")
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[MORNING])
    assert (found(open_now=True), found()) == ([], ["Mattina"])


def test_language_and_price_narrow() -> None:
    cards.published("Arabo", languages=[("ar", "arabo")])
    cards.published("Gratis", free=True, of=cards.organization(name="Altra"))
    assert (found(language="ar"), found(free=True)) == (["Arabo"], ["Gratis"])
    assert searching.languages(cast.agency()) == ["ar"]


def test_filters_that_leave_nothing_say_how_many_there_are_without() -> None:
    under("Tigli", "homework")
    told = searching.search(cast.agency(), Asked(words="compiti", free=True))
    assert (told.total, told.unfiltered) == (0, 1)


def test_names_cost_by_their_words_and_not_by_the_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    alike = matching.likeness

    def seen(said: str, word: str) -> int:
        compared.append((said, word))
        return alike(said, word)

    monkeypatch.setattr(matching, "likeness", seen)
    firm = cards.organization()
    for _ in range(3):
        cards.published("Doposcuola dei Tigli", of=firm)
    assert len(finding.fits(Service.objects.all(), "doposcola tigli", {})) == 3
    assert len(compared) == len(set(compared))


def test_a_search_writes_nothing() -> None:
    under("Centro antiviolenza", "women")
    before = AuditEvent.objects.count()
    assert found("donne") == ["Centro antiviolenza"]
    assert AuditEvent.objects.count() == before


def test_a_search_asks_the_same_however_many_cards_there_are() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            found("compiti", open_now=False, quarter=cast.space().neighbourhood_id)
        return len(asked)

    for n in range(2):
        under(f"Tigli {n}", "homework", of=cards.organization(name=f"Ente {n}"))
    two = queries()
    for n in range(2, 9):
        under(f"Tigli {n}", "homework", of=cards.organization(name=f"Ente {n}"))
    assert queries() == two


def test_the_workspace_finds_by_need_too(marta: Actor) -> None:
    under("Tigli", "homework")
    under("Emporio", "food")
    assert [card.service.name for card in reads.cards(by=marta, words="واجبات")] == ["Tigli"]


# --- the keeper corrects ---


def test_places_that_are_there_and_not_counted_are_refused() -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    with pytest.raises(Refused) as said:
        actions.correct_by_link(token(), by=cast.SYSTEM, state="capacity", available=None)
    assert said.value.code == "places-missing"
    with pytest.raises(Refused) as said:
        actions.correct_by_link("inventato", by=cast.SYSTEM, state="waitlist", available=None)
    assert said.value.code == "link-over"
