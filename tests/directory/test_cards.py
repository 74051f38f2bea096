"""Cards: who writes them, what a published one must say, and how it stays true."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortile.agencies.models import Agency
from cortile.directory import actions, reads
from cortile.directory.models import Confirmation, Schedule, Service, TaxonomyTerm
from cortile.directory.rules.freshness import Freshness, freshness
from cortile.directory.rules.hours import Hours
from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.messages.models import Delivery
from tests import cast
from tests.directory import cards

LINK = re.compile(r"/servizi/l/([\w-]+)/")


def token() -> str:
    text = Delivery.objects.filter(subject__contains="ancora così").latest("pk").text
    return str(LINK.search(text).group(1))


# --- writing ---


def test_a_card_is_a_draft_until_somebody_publishes_it(marta: Actor) -> None:
    row = cards.draft()
    assert row.state == "draft"
    assert actions.publish_service(row.pk, by=marta).confirmed_how == "staff"


def test_the_desk_reads_cards_and_changes_none(silvia: Actor) -> None:
    row = cards.published()
    assert [c.service for c in reads.cards(by=silvia)] == [row]
    with pytest.raises(Refused) as said:
        actions.confirm_service(row.pk, by=silvia)
    assert said.value.code == "not-allowed"
    with pytest.raises(Refused) as said:
        actions.save_organization(cast.agency(), by=silvia, name="X")
    assert said.value.code == "not-allowed"


def test_another_body_s_card_is_read_and_not_touched(sara: Actor) -> None:
    row = cards.published()
    assert reads.card(row.pk, by=sara) == row
    for act in (actions.confirm_service, actions.ask_keeper):
        with pytest.raises(NotVisible):
            act(row.pk, by=sara)


def test_another_body_s_draft_is_not_there(sara: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.card(cards.draft().pk, by=sara)


def test_a_card_needs_a_name(marta: Actor) -> None:
    with pytest.raises(Refused) as said:
        actions.write_service(cards.organization(), by=marta, name=" ")
    assert said.value.code == "name-missing"


def test_ages_go_forward() -> None:
    with pytest.raises(Refused) as said:
        actions.write_service(cards.organization(), by=cast.SYSTEM, name="X", minimum_age=14, maximum_age=6)
    assert said.value.code == "ages-backwards"


def test_a_card_that_says_no_way_to_reach_anybody_is_not_published(marta: Actor) -> None:
    row = cards.draft(phone="")
    with pytest.raises(Refused) as said:
        actions.publish_service(row.pk, by=marta)
    assert said.value.code == "nowhere-to-call"


def test_a_card_is_withdrawn_once_and_with_a_reason(marta: Actor) -> None:
    row = cards.published()
    with pytest.raises(Refused) as said:
        actions.withdraw_service(row.pk, by=marta, reason=" ")
    assert said.value.code == "reason-missing"
    actions.withdraw_service(row.pk, by=marta, reason="Ha chiuso.")
    with pytest.raises(Refused) as said:
        actions.withdraw_service(row.pk, by=marta, reason="Ha chiuso.")
    assert said.value.code == "not-in-this-state"


def test_the_database_keeps_no_hours_that_last_nothing() -> None:
    row = cards.draft()
    with scopes.opened(scopes.EVERYTHING), pytest.raises(IntegrityError, match="schedule_lasts"), transaction.atomic():
        Schedule.objects.create(service=row, freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(9))


def test_hours_that_end_before_they_begin_are_refused(marta: Actor) -> None:
    row = cards.draft()
    with pytest.raises(Refused) as said:
        actions.set_hours(row.pk, by=marta, lines=[Hours(freq="WEEKLY", byday=("MO",), opens=time(12), closes=time(9))])
    assert said.value.code == "hours-backwards"


def test_places_left_need_a_number(marta: Actor) -> None:
    row = cards.draft()
    with pytest.raises(Refused) as said:
        actions.set_capacity(row.pk, by=marta, state="capacity", available=None)
    assert said.value.code == "places-missing"


def test_a_place_beyond_the_poles_is_refused(marta: Actor) -> None:
    with pytest.raises(Refused) as said:
        actions.place_service(cards.draft().pk, by=marta, address_1="Via dei Tigli 12", degrees=(95.0, 9.0))
    assert said.value.code == "position-unknown"


def test_terms_are_loaded_once_with_the_same_ids(silvia: Actor) -> None:
    actions.load_terms(by=cast.SYSTEM)
    before = set(TaxonomyTerm.objects.values_list("uuid", flat=True))
    actions.load_terms(by=cast.SYSTEM)
    assert set(TaxonomyTerm.objects.values_list("uuid", flat=True)) == before
    with pytest.raises(Refused) as said:
        actions.load_terms(by=silvia)
    assert said.value.code == "not-allowed"


def test_a_card_stands_under_the_terms_it_is_put_under(silvia: Actor) -> None:
    actions.load_terms(by=cast.SYSTEM)
    row = actions.set_terms(cards.draft().pk, by=cast.SYSTEM, codes=["food", "inventato"])
    assert [a.term.code for a in row.attributes.all()] == ["food"]
    with pytest.raises(Refused) as said:
        actions.set_terms(row.pk, by=silvia, codes=[])
    assert said.value.code == "not-allowed"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(4)))
def test_places_in_the_list_are_given_once_in_the_order_of_publishing(order: list[int]) -> None:
    rows = [cards.draft(f"Servizio {n}") for n in range(4)]
    for n in order:
        actions.publish_service(rows[n].pk, by=cast.SYSTEM)
    found = list(Service.objects.filter(pk__in=[r.pk for r in rows]).order_by("position").values_list("pk", flat=True))
    assert found == [rows[n].pk for n in order]


# --- staying true ---


def test_after_sixty_days_the_keeper_gets_one_link(milano: Agency) -> None:
    cards.published()
    with clock.frozen(cast.NOW + timedelta(days=59)):
        assert actions.keep_fresh(milano, by=cast.SYSTEM) == {"keepers_asked": 0}
    with clock.frozen(cast.NOW + timedelta(days=60)):
        assert actions.keep_fresh(milano, by=cast.SYSTEM) == {"keepers_asked": 1}
    with clock.frozen(cast.NOW + timedelta(days=61)):
        assert actions.keep_fresh(milano, by=cast.SYSTEM) == {"keepers_asked": 0}


def test_one_tap_makes_it_sure_again() -> None:
    row = cards.published()
    later = cast.NOW + timedelta(days=95)
    with clock.frozen(later):
        assert freshness(row.confirmed_at, clock.now()) == Freshness.UNSURE
        actions.ask_keeper(row.pk, by=cast.SYSTEM)
        sent = token()
        confirmed = actions.confirm_by_link(sent, by=PUBLIC)
    assert (confirmed.confirmed_how, confirmed.confirmed_at) == ("keeper", later)


def test_two_taps_are_one_confirmation() -> None:
    actions.ask_keeper(cards.published().pk, by=cast.SYSTEM)
    actions.confirm_by_link(token(), by=PUBLIC)
    actions.confirm_by_link(token(), by=PUBLIC)
    assert Confirmation.objects.filter(how="keeper").count() == 1


def test_a_link_that_is_over_or_invented_confirms_nothing() -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    first = token()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    for known in ("inventato", first):
        with pytest.raises(Refused) as said:
            actions.confirm_by_link(known, by=PUBLIC)
        assert said.value.code == "link-over"
    with clock.frozen(cast.NOW + timedelta(days=46)), pytest.raises(Refused) as said:
        actions.confirm_by_link(token(), by=PUBLIC)
    assert said.value.code == "link-over"


def correct(sent: str, note: str = "") -> Service:
    return actions.correct_by_link(sent, by=PUBLIC, state="waitlist", available=None, note=note)


def test_a_link_corrects_for_an_hour_and_confirms_once() -> None:
    actions.ask_keeper(cards.published().pk, by=cast.SYSTEM)
    correct(token())
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        row = correct(token())
    assert (row.confirmed_at, row.confirmations.filter(how="keeper").count()) == (cast.NOW, 1)


def test_a_note_takes_the_place_of_one_line_and_no_other() -> None:
    row = cards.published()
    with scopes.opened(scopes.EVERYTHING):
        for said in ("Solo su appuntamento. " * 20, "Ad agosto chiuso.", "Suonate al citofono."):
            row.schedules.create(description=said.strip())
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    correct(token(), "Ad agosto solo lunedì.")
    assert [line.description[:22] for line in row.schedules.all()] == [
        "Solo su appuntamento. ", "Ad agosto solo lunedì.", "Suonate al citofono.",
    ]  # fmt: skip
    correct(token())
    assert [line.description[:4] for line in row.schedules.all()] == ["Solo", "Suon"]


def test_a_link_used_yesterday_corrects_nothing() -> None:
    actions.ask_keeper(cards.published().pk, by=cast.SYSTEM)
    actions.confirm_by_link(token(), by=PUBLIC)
    with clock.frozen(cast.NOW + timedelta(hours=1, seconds=1)), pytest.raises(Refused) as said:
        correct(token())
    assert said.value.code == "link-over"


def test_a_link_already_used_ends_when_the_keeper_is_asked_again() -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    used = token()
    actions.confirm_by_link(used, by=PUBLIC)
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    with pytest.raises(Refused) as said:
        correct(used)
    assert said.value.code == "link-over"


def test_the_link_of_who_kept_a_card_before_is_over(marta: Actor) -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    actions.write_service(row.organization, by=marta, name=row.name, service_id=row.pk, keeper_email="altra@example.invalid")
    with pytest.raises(Refused) as said:
        correct(token())
    assert said.value.code == "link-over"


def test_the_link_of_a_card_withdrawn_is_over() -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    actions.withdraw_service(row.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    with pytest.raises(Refused) as said:
        actions.confirm_by_link(token(), by=PUBLIC)
    assert said.value.code == "link-over"


def test_nobody_to_ask_is_said(marta: Actor) -> None:
    with pytest.raises(Refused) as said:
        actions.ask_keeper(cards.published(keeper_email="").pk, by=marta)
    assert said.value.code == "keeper-missing"


# --- agreements ---


def test_an_agreement_says_what_may_be_given_and_until_when(paola: Actor, milano: Agency) -> None:
    firm = cards.organization()
    row = actions.sign_agreement(
        firm.pk, by=paola, title="Doposcuola", fields=["name", "phone"], starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    assert reads.agreement_with(firm, agency_id=milano.pk) == row
    actions.end_agreement(row.pk, by=paola, reason="Ha chiuso.")
    assert reads.agreement_with(firm, agency_id=milano.pk) is None


@pytest.mark.parametrize(
    ("title", "fields", "ends", "code"),
    [("", ["name"], 31, "name-missing"), ("X", ["isee"], 31, "fields-unknown"), ("X", ["name"], 1, "dates-backwards")],
)
def test_an_agreement_that_does_not_hold_is_refused(paola: Actor, title: str, fields: list[str], ends: int, code: str) -> None:
    with pytest.raises(Refused) as said:
        actions.sign_agreement(
            cards.organization().pk, by=paola, title=title, fields=fields, starts_on=date(2026, 3, 10), ends_on=date(2026, 3, ends)
        )
    assert said.value.code == code


def test_another_body_s_agreement_is_behind_the_wall(paola: Actor, luca: Actor) -> None:
    row = actions.sign_agreement(
        cards.organization().pk, by=paola, title="X", fields=[], starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    assert reads.agreements(by=luca) == []
    with pytest.raises(NotVisible):
        actions.end_agreement(row.pk, by=luca, reason="No.")
