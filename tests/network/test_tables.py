"""A table: prepared from the data, held, decided, its minutes closed; and its numbers are those of the month page."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pypdf
import pytest
from django.db import IntegrityError

from cortile.insight import reads as insight
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.network import actions, papers, reads
from cortile.network.models import AgendaItem, Meeting, NetworkDecision
from tests import cast
from tests.insight import work
from tests.network import tables

MARCH = date(2026, 3, 1)


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(Refused, match=rf"^{code}")


@pytest.fixture
def table() -> Meeting:
    """Return a table held today, with one member there."""
    net = tables.network()
    return tables.held(net, present=(tables.member(net),))


def unmet(count: int) -> None:
    """Leave some requests about school without a solution."""
    numbers = [thread.pk for thread in work.requests(count, chip="school")]
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk__in=numbers).update(state="closed", outcome="not_solvable", closed_at=clock.now())


def printed(table: Meeting) -> str:
    """Return the words of the minutes on paper."""
    paper = papers.minutes(reads.meeting(table.pk, by=cast.at_desk("paola")))
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())


# --- prepared ---


def test_the_agenda_is_ready_with_its_numbers(paola: Actor) -> None:
    net = tables.network()
    unmet(6)
    with clock.frozen(work.APRIL):
        found = {p.kind: p for p in reads.prepared(net.pk, by=paola)}
        made = actions.prepare_meeting(
            net.pk, by=paola, kind="network", day=clock.today(), place="Biblioteca", items={p.key: p.words for p in found.values()}
        )
    assert found["unmet"].numbers == (("Richieste aperte nel mese", "almeno 5"), ("Rimaste senza risposta", "almeno 5"))
    assert [i.numbers for i in made.items.filter(kind="unmet")] == [[list(n) for n in found["unmet"].numbers]]


def test_numbers_freeze_with_the_agenda(paola: Actor) -> None:
    net = tables.network()
    unmet(6)
    with clock.frozen(work.APRIL):
        (point,) = [p for p in reads.prepared(net.pk, by=paola) if p.kind == "unmet"]
        made = tables.planned(net, items={point.key: "Scuola: che cosa manca"}, free=[])
    unmet(15)
    item = reads.meeting(made.pk, by=paola).items[0]
    assert (item.words, item.numbers[0][1]) == ("Scuola: che cosa manca", "almeno 5")


def test_a_request_marked_delicate_later_is_no_difference_with_the_agenda(paola: Actor, marta: Actor) -> None:
    net = tables.network()
    unmet(9)
    with clock.frozen(work.APRIL):
        before = [p.words for p in reads.prepared(net.pk, by=paola)]
    listening.mark_delicate(Thread.objects.order_by("pk")[0], by=marta)
    with clock.frozen(work.APRIL):
        assert [p.words for p in reads.prepared(net.pk, by=paola)] == before != []


def test_few_make_no_point(paola: Actor) -> None:
    unmet(4)
    with clock.frozen(work.APRIL):
        assert [p for p in reads.prepared(tables.network().pk, by=paola) if p.kind in {"unmet", "gap"}] == []


@pytest.mark.parametrize("count", [6, 9, 23])
def test_the_numbers_are_those_of_the_month_page(count: int, paola: Actor) -> None:
    work.requests(count, chip="school")
    net = tables.network()
    with clock.frozen(work.APRIL):
        page = insight.month(cast.agency(), 2026, 3, by=paola)
        ((_place, lines),) = reads.needs(net.pk, MARCH, by=paola).places
    assert lines[-1][1] == page.total.cells[page.columns.index("Richieste aperte")] == str(count)


def test_delicate_requests_are_counted_in_neither(paola: Actor, marta: Actor) -> None:
    for thread in work.requests(6, chip="school"):
        listening.mark_delicate(thread, by=marta)
    net = tables.network()
    with clock.frozen(work.APRIL):
        ((_place, lines),) = reads.needs(net.pk, MARCH, by=paola).places
    assert lines[-1][1:] == ("0", "–")


@pytest.mark.parametrize("month", [date(2026, 3, 1), date(2025, 1, 1), date(2026, 2, 3)], ids=["not over", "too old", "no month"])
def test_a_month_that_is_not_whole_is_not_there(month: date, paola: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.needs(tables.network().pk, month, by=paola)


def test_only_who_directs_calls_a_table(marta: Actor) -> None:
    with refused("not-allowed"):
        actions.prepare_meeting(
            tables.network().pk, by=marta, kind="network", day=clock.today(), place="Biblioteca", items={}, free=[tables.POINT]
        )


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("place-missing", {"place": " "}),
        ("somebody-named", {"place": "Da Adele, scala B"}),
        ("date-past", {"day": date(2026, 3, 10)}),
        ("agenda-empty", {"free": []}),
        ("item-unknown", {"items": {"unmet:1:school": "Scuola"}}),
        ("somebody-named", {"free": ["Adele aspetta da un mese"]}),
    ],
)
def test_a_table_that_is_not_ready_is_refused(code: str, details: dict[str, object]) -> None:
    with refused(code):
        tables.planned(tables.network(), **details)


def test_a_double_submit_calls_one_table() -> None:
    net = tables.network()
    assert tables.planned(net, once="k").pk == tables.planned(net, once="k").pk
    assert Meeting.objects.count() == 1


# --- held ---


def test_who_came_is_said_on_the_day(paola: Actor) -> None:
    net = tables.network()
    seat, other = tables.member(net), tables.member(net, name="Consultorio")
    made = tables.planned(net, invited=[seat.pk])
    actions.hold_meeting(made.pk, by=paola, present=[other.pk])
    found = reads.meeting(made.pk, by=paola)
    assert ([m.pk for m in found.present], [m.pk for m in found.absent]) == ([other.pk], [seat.pk])


def test_nobody_came_to_a_table_that_is_to_come(paola: Actor) -> None:
    made = tables.planned(tables.network(), day=clock.today() + timedelta(days=1))
    with refused("not-yet"):
        actions.hold_meeting(made.pk, by=paola, present=[])


def test_nothing_is_decided_or_closed_before(paola: Actor) -> None:
    made = tables.planned(tables.network())
    with refused("not-yet"):
        tables.decided(made)
    with refused("not-yet"):
        actions.close_minutes(made.pk, by=paola)


def test_closed_minutes_no_longer_change(table: Meeting, paola: Actor) -> None:
    actions.close_minutes(table.pk, by=paola)
    for act in (
        lambda: actions.close_minutes(table.pk, by=paola), lambda: actions.hold_meeting(table.pk, by=paola, present=[]),
        lambda: tables.decided(table),
    ):  # fmt: skip
        with refused("not-in-this-state"):
            act()


# --- decided ---


def test_a_decision_has_one_owner_and_a_day(table: Meeting) -> None:
    seat = table.presences.get().member
    made = tables.decided(table, member=seat.pk, item=table.items.get().pk)
    assert (made.owner, made.due, made.state) == ("Associazione Il Cortile", date(2026, 4, 10), "open")


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("owner-missing", {"staff": None}),
        ("owner-missing", {"staff": 0}),
        ("words-missing", {"words": " "}),
        ("somebody-named", {"words": "Trovare posto al figlio di Haddad"}),
        ("date-past", {"days": -1}),
    ],
)
def test_a_decision_without_one_of_them_is_refused(code: str, details: dict[str, object], table: Meeting) -> None:
    with refused(code):
        tables.decided(table, **details)


def test_a_colleague_of_another_body_owns_nothing(table: Meeting) -> None:
    with refused("owner-missing"):
        tables.decided(table, staff=cast.staff("luca").pk)


def test_two_owners_are_no_row(table: Meeting) -> None:
    made = tables.decided(table)
    with pytest.raises(IntegrityError, match="network_decision_one_owner"), scopes.opened(scopes.EVERYTHING):
        NetworkDecision.objects.filter(pk=made.pk).update(owner_member=table.presences.get().member)


def test_late_ones_come_first_and_those_done_last(table: Meeting, paola: Actor) -> None:
    far, near, fine = tables.decided(table, days=90), tables.decided(table, days=5), tables.decided(table, days=3)
    actions.do_decision(fine.pk, by=paola, follow_up="Fatto: due pomeriggi in più")
    with clock.frozen(work.APRIL):
        found = reads.decisions(by=cast.at_desk("paola"))
    assert [d.pk for d in found] == [near.pk, far.pk, fine.pk]


def test_a_decision_moves_with_a_reason(table: Meeting, paola: Actor) -> None:
    made = tables.decided(table)
    found = actions.move_decision(made.pk, by=paola, due=date(2026, 5, 4), reason="La palestra si libera a maggio")
    assert (found.due, found.follow_up) == (date(2026, 5, 4), "La palestra si libera a maggio")


@pytest.mark.parametrize(
    ("code", "due", "reason"),
    [
        ("date-past", date(2026, 3, 1), "Serve tempo"),
        ("follow-up-missing", date(2026, 5, 4), ""),
        ("somebody-named", date(2026, 5, 4), "Manca Marta"),
    ],
)
def test_a_move_without_reason_or_ahead_is_refused(code: str, due: date, reason: str, table: Meeting, paola: Actor) -> None:
    with refused(code):
        actions.move_decision(tables.decided(table).pk, by=paola, due=due, reason=reason)


def test_what_is_done_is_done_once_and_says_how_it_went(table: Meeting, paola: Actor) -> None:
    made = tables.decided(table)
    with refused("follow-up-missing"):
        actions.do_decision(made.pk, by=paola, follow_up=" ")
    actions.do_decision(made.pk, by=paola, follow_up="Fatto")
    with refused("not-in-this-state"):
        actions.do_decision(made.pk, by=paola, follow_up="Fatto")


def test_another_body_s_table_and_decision_are_not_there(table: Meeting, luca: Actor) -> None:
    made = tables.decided(table)
    for act in (
        lambda: reads.meeting(table.pk, by=luca), lambda: actions.hold_meeting(table.pk, by=luca, present=[]),
        lambda: actions.do_decision(made.pk, by=luca, follow_up="Fatto"), lambda: actions.close_minutes(table.pk, by=luca),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            act()


@pytest.mark.parametrize("who", ["marta", "salvatore", "federica"])
def test_other_roles_direct_no_table(who: str, table: Meeting) -> None:
    with refused("not-allowed"):
        tables.decided(table, by=cast.at_desk(who))
    with refused("not-allowed"):
        reads.meeting(table.pk, by=cast.at_desk(who))


# --- printed ---


def test_the_minutes_say_who_what_and_by_when(table: Meeting) -> None:
    tables.decided(table, member=table.presences.get().member_id)
    for words in ("QuBì San Siro", tables.POINT, "Manca il doposcuola", "Associazione Il Cortile", "10 aprile 2026"):
        assert words in printed(table)


def test_the_minutes_name_nobody_of_the_house(table: Meeting) -> None:
    work.requests(6, chip="school")
    assert not {"Adele", "Brambilla", "Haddad"} & set(printed(table).split())


def test_a_point_without_words_is_no_row(table: Meeting) -> None:
    with pytest.raises(IntegrityError, match="network_item_said"), scopes.opened(scopes.EVERYTHING):
        AgendaItem.objects.filter(meeting=table).update(words="")
