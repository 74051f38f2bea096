"""One's own place in line, told truly at any moment: where it is, how far the money goes, and what may still change."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.benefits import places, reads
from cortile.benefits.places import Place, said
from cortile.kit import plain_language
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from tests import cast
from tests.benefits import money, notices
from tests.benefits.queues import DUE, withdrawn
from tests.benefits.test_lists import drawn, waiting


def place(application: object, who: str) -> Place:
    """Return somebody's own place, asked by themselves."""
    return reads.place_of(application, by=cast.identified(who))  # type: ignore[arg-type]  # as the question takes it


def first_come(cents: int, **terms: object) -> dict[str, object]:
    """Let the cast apply where who comes first is first: they are owed 400, 300 and 200 euros."""
    version = notices.published(**({"strategy": "first_come"} | terms))
    money.envelope(version, cents)
    return {name: money.applied(version, name, said=money.stated(due=DUE[name])) for name in DUE}


def test_first_come_is_told_for_good() -> None:
    made = first_come(700_00)
    assert place(made["samira"], "samira") == Place(
        2, 3, 2, provisional=False, residual_cents=0, kept_cents=300_00, asked_cents=300_00
    )


def test_who_waits_knows_how_far_the_money_goes() -> None:
    made = first_come(750_00)
    assert place(made["gianni"], "gianni")[:5] == (3, 3, 2, False, 50_00)


def test_when_somebody_leaves_one_is_nearer() -> None:
    made = first_come(400_00)
    withdrawn(made["adele"])  # type: ignore[arg-type]  # an application
    assert place(made["gianni"], "gianni")[:3] == (2, 2, 1)


def test_by_need_it_is_provisional_until_the_list_is_drawn() -> None:
    version, _, made = waiting(500_00)
    before = place(made["adele"], "adele")
    drawn(version)
    after = place(made["adele"], "adele")
    assert (before[:4], after[:4]) == ((3, 3, 2, True), (3, 3, 2, False))


def test_whoever_needs_it_more_may_still_come_before() -> None:
    version = notices.published()
    money.envelope(version, 600_00)
    made = money.applied(version, "adele", said=money.stated(due=800_00, isee=14_000_00))
    first = place(made, "adele")
    money.applied(version, "samira", said=money.stated(due=800_00, isee=10_000_00))
    assert (first[:3], place(made, "adele")[:3]) == ((1, 1, 1), (2, 2, 1))


def test_on_a_drawn_list_the_place_is_the_list_s_own() -> None:
    version, _, made = waiting(500_00)
    drawn(version)
    withdrawn(made["samira"])
    assert place(made["adele"], "adele")[:3] == (3, 3, 2)


def test_in_proportion_everybody_is_reached() -> None:
    version, _, made = waiting(450_00, strategy="proportional")
    drawn(version)
    assert place(made["adele"], "adele") == Place(1, 3, 3, False, 0, 200_00, 400_00, shared=True)


def test_it_is_asked_by_number_too() -> None:
    made = first_come(400_00)
    assert place(made["adele"].number, "adele").place == 1  # type: ignore[attr-defined]  # an application


def test_what_asks_for_nothing_stands_nowhere() -> None:
    version = notices.published(strategy="first_come")
    made = money.applied(version, said=money.stated(isee=None))
    assert place(made, "adele").place == 0


def test_another_tenant_finds_nothing() -> None:
    made = first_come(400_00)
    with pytest.raises(NotVisible):
        place(made["adele"], "samira")


def test_a_card_and_a_code_are_not_enough() -> None:
    made = first_come(400_00)
    with pytest.raises(NotVisible):
        reads.place_of(made["adele"], by=cast.herself("adele"))  # type: ignore[arg-type]  # an application


def test_whoever_looks_is_remembered() -> None:
    place(first_come(400_00)["adele"], "adele")
    assert AuditEvent.objects.filter(what="application.place_read", subjects__person_id=cast.person("adele").pk).count() == 1


def test_a_longer_line_takes_no_more_statements() -> None:
    version = notices.published(strategy="first_come")
    money.envelope(version, 400_00)
    counts = []
    for name in DUE:
        made = money.applied(version, name, said=money.stated(due=DUE[name]))
        with CaptureQueriesContext(connection) as found:
            place(made, name)
        counts.append(len(found))
    assert len(set(counts)) == 1


SAID = {
    "reached": Place(12, 500, 200, False, 0, 400_00, 400_00),
    "not reached": Place(812, 900, 760, False, 0, 0, 400_00),
    "partly": Place(201, 500, 200, False, 0, 87_50, 400_00),
    "nobody reached": Place(1, 2, 0, False, 0, 0, 400_00),
    "one reached": Place(2, 2, 1, False, 0, 0, 400_00),
    "for now": Place(3, 9, 2, True, 500_00, 0, 400_00),
    "nowhere": Place(0, 9, 2, False, 0),
    "shared, later": Place(3, 9, 9, True, 0, 0, 400_00, True),
    "shared": Place(3, 9, 9, False, 0, 200_00, 400_00, True),
}


def test_it_is_said_as_people_say_it() -> None:
    assert said(SAID["not reached"])[:2] == ["La tua domanda è al posto 812 su 900.", "I soldi bastano per le prime 760 domande."]


def test_what_is_kept_is_said_as_a_sum() -> None:
    assert said(SAID["reached"])[1] == "Per te teniamo da parte 400 euro."


def test_what_may_change_is_said() -> None:
    assert said(SAID["for now"])[0].startswith("Per ora")
    assert "può cambiare" in said(SAID["for now"])[-1]


@pytest.mark.parametrize("name", SAID)
def test_every_way_it_is_said_is_plain(name: str) -> None:
    told = " ".join(places.said(SAID[name]))
    assert plain_language.problems(told, gate=plain_language.SHORT_TEXT_GATE) == []
