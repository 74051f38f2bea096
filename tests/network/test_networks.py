"""A network, who is in it, and the counts another body lends it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from cortile.agencies.models import Agency
from cortile.directory import actions as directory
from cortile.kit import clock, scopes, wall
from cortile.kit.actor import Actor, acting
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening.models import Thread
from cortile.network import actions, reads
from cortile.network.models import Lending, Member, Network
from tests import cast
from tests.directory import cards
from tests.insight import work
from tests.network import tables

MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)


@pytest.fixture
def davide() -> Actor:
    """Return Davide, who keeps the networks of the Comune."""
    return cast.at_desk("davide")


@pytest.fixture
def asked(davide: Actor, milano: Agency) -> Lending:
    """Return the counts of San Siro, asked by Davide for his network."""
    return actions.ask_counts(tables.network("davide").pk, milano, by=davide)


def places(network: Network, who: str, month: date = MARCH) -> list[str]:
    with clock.frozen(work.APRIL):
        return [name for name, _lines in reads.needs(network.pk, month, by=cast.at_desk(who)).places]


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(Refused, match=rf"^{code}")


def test_a_network_says_its_quarters_and_for_whom_it_is() -> None:
    made = tables.network(others="giovani")
    assert [a.neighbourhood.name for a in made.areas.all()] == ["San Siro"]
    assert made.target_labels == ["famiglie più in difficoltà", "bambini e povertà", "giovani"]


@pytest.mark.parametrize("who", ["marta", "silvia", "lucia", "nadia"])
def test_only_who_directs_opens_a_network(who: str) -> None:
    with refused("not-allowed"):
        tables.network(who)


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("name-missing", {"name": " "}),
        ("somebody-named", {"name": "Per Adele"}),
        ("somebody-named", {"others": "per Adele"}),
        ("areas-missing", {"neighbourhoods": []}),
        ("targets-unknown", {"targets": ["cats"]}),
    ],
)
def test_what_is_missing_is_named(code: str, details: dict[str, object]) -> None:
    with refused(code):
        tables.network(**details)


def test_nobody_opens_a_network_for_another_body(luca: Actor, milano: Agency) -> None:
    with refused("not-allowed"):
        actions.open_network(milano, by=luca, name="Rete", neighbourhoods=[cast.space().neighbourhood_id or 0])


def test_an_organisation_of_any_type_enters_with_its_office() -> None:
    seat = tables.member(tables.network(), kind="associazione sportiva")
    assert (seat.kind, seat.reachable, seat.until) == ("associazione sportiva", True, None)


def test_an_organisation_enters_once_and_may_come_back(paola: Actor) -> None:
    net = tables.network()
    seat = tables.member(net)
    with refused("member-already"):
        actions.add_member(net, seat.organization, by=paola, kind="associazione")
    actions.end_member(seat.pk, by=paola, reason="Ha chiuso la sede")
    assert actions.add_member(net, seat.organization, by=paola, kind="associazione").pk != seat.pk


def test_who_left_does_not_leave_twice(paola: Actor) -> None:
    seat = tables.member(tables.network())
    actions.end_member(seat.pk, by=paola, reason="Ha chiuso la sede")
    with refused("not-in-this-state"):
        actions.end_member(seat.pk, by=paola, reason="Ha chiuso la sede")


def test_a_referent_is_a_role_and_never_somebody() -> None:
    with refused("somebody-named"):
        tables.member(tables.network(), role="Carla Bianchi, coordinatrice")
    with refused("kind-missing"):
        tables.member(tables.network(), kind=" ")
    with refused("somebody-named"):
        tables.member(tables.network(), kind="amica di Adele")


def test_another_body_s_network_is_not_there(luca: Actor) -> None:
    net = tables.network()
    for ask in (lambda: reads.the_network(net.pk, by=luca), lambda: reads.needs(net.pk, by=luca)):
        with pytest.raises(NotVisible):
            ask()


def test_the_wall_hides_another_body_s_network() -> None:
    tables.member(tables.network())
    with wall.within(cast.agency("aler-lodi").pk):
        assert (Network.objects.count(), Member.objects.count()) == (0, 0)


def test_the_network_says_what_it_lacks(paola: Actor) -> None:
    net = tables.network()
    assert "La rete non ha ancora membri." in reads.the_network(net.pk, by=paola).missing
    tables.member(net, email="", role="")
    found = reads.the_network(net.pk, by=paola).missing
    assert found == [
        "Tra i membri manca un ente pubblico.", "Manca a chi telefonare: Associazione Il Cortile.", "Nessun incontro in programma.",
    ]  # fmt: skip


def test_a_network_that_has_everything_lacks_nothing(paola: Actor) -> None:
    net = tables.network()
    tables.member(net)
    tables.member(net, name="Consultorio", kind="consultorio")
    tables.planned(net, day=clock.today() + timedelta(days=3))
    assert reads.the_network(net.pk, by=paola).missing == []


# --- what may be read twice ---


def elsewhere(count: int) -> int:
    """Let some of the requests come from Corvetto, and return that quarter."""
    quarter = cast.staff("bruno").agency.neighbourhoods.get(name="Corvetto")
    numbers = list(Thread.objects.values_list("pk", flat=True)[:count])
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk__in=numbers).update(neighbourhood=quarter)
    return quarter.pk


def test_a_wider_network_reads_the_same_cells_and_adds_none_together(paola: Actor) -> None:
    work.requests(12, chip="school")
    corvetto = elsewhere(3)
    narrow, here = tables.network(), cast.space().neighbourhood_id or 0
    wide = tables.network(name="QuBì di tutti", neighbourhoods=[here, corvetto])
    with clock.frozen(work.APRIL):
        one, two = (dict(reads.needs(net.pk, MARCH, by=paola).places) for net in (narrow, wide))
    assert set(two) == {"San Siro", "Corvetto"}
    assert one["San Siro"] == two["San Siro"]
    assert two["Corvetto"][0][1] == "meno di 5"


# --- counts that are lent ---


def test_counts_of_another_body_come_in_only_when_lent(asked: Lending, davide: Actor, paola: Actor) -> None:
    assert places(asked.network, "davide") == []
    actions.lend_counts(asked.pk, by=paola)
    assert places(asked.network, "davide") == ["San Siro"]
    actions.end_lending(asked.pk, by=paola)
    assert places(asked.network, "davide") == []


def test_months_before_the_lending_were_not_lent(asked: Lending, paola: Actor) -> None:
    actions.lend_counts(asked.pk, by=paola)
    assert places(asked.network, "davide", FEBRUARY) == []


def test_lent_numbers_are_those_of_the_lender(asked: Lending, davide: Actor, paola: Actor) -> None:
    work.requests(6)
    actions.lend_counts(asked.pk, by=paola)
    with clock.frozen(work.APRIL), acting(davide):
        ((name, lines),) = reads.needs(asked.network_id, MARCH, by=davide).places
    assert name == "San Siro"
    assert lines == [("Guasti", "6", "0"), ("Tutti gli argomenti", "6", "–")]


def test_no_line_adds_two_bodies_together(paola: Actor, luca: Actor) -> None:
    work.requests(9, chip="school")
    lodi, here = cast.agency("aler-lodi"), cast.space().neighbourhood_id or 0
    net = tables.network(neighbourhoods=[here, lodi.neighbourhoods.get().pk])
    actions.lend_counts(actions.ask_counts(net.pk, lodi, by=paola).pk, by=luca)
    with clock.frozen(work.APRIL):
        two, alone = (dict(reads.needs(n.pk, MARCH, by=paola).places) for n in (net, tables.network(name="Rete di qui")))
    assert set(two) == {"San Siro", "San Fereolo"}
    assert two["San Siro"] == alone["San Siro"]


def test_asking_twice_is_one_asking(asked: Lending, davide: Actor, milano: Agency) -> None:
    assert actions.ask_counts(asked.network_id, milano, by=davide).pk == asked.pk


def test_the_lender_reads_what_it_lends_and_to_whom(asked: Lending, paola: Actor) -> None:
    (row,) = reads.lent(by=paola)
    assert (row.title, row.places, row.agency.short_name) == ("QuBì San Siro", "San Siro", "Comune di Milano")


@pytest.mark.parametrize("who", ["marta", "davide"])
def test_only_the_lender_s_lead_lends(who: str, asked: Lending) -> None:
    for act in (actions.lend_counts, actions.end_lending):
        with refused("not-allowed"):
            act(asked.pk, by=cast.at_desk(who))


def test_another_body_s_lead_finds_no_asking(asked: Lending, luca: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.lend_counts(asked.pk, by=luca)


def test_what_was_lent_or_ended_is_not_lent_again(asked: Lending, paola: Actor) -> None:
    actions.lend_counts(asked.pk, by=paola)
    with refused("not-in-this-state"):
        actions.lend_counts(asked.pk, by=paola)
    actions.end_lending(asked.pk, by=paola)
    with refused("not-in-this-state"):
        actions.end_lending(asked.pk, by=paola)


def test_a_body_without_quarters_there_is_not_asked(davide: Actor, paola: Actor, milano: Agency) -> None:
    with refused("body-outside"):
        actions.ask_counts(tables.network("davide").pk, cast.agency("aler-lodi"), by=davide)
    with refused("body-own"):
        actions.ask_counts(tables.network().pk, milano, by=paola)
    with refused("not-allowed"):
        actions.ask_counts(tables.network().pk, milano, by=cast.at_desk("marta"))


def test_a_lending_of_a_body_to_itself_is_no_row(asked: Lending) -> None:
    with pytest.raises(IntegrityError, match="network_lending_another"), scopes.opened(scopes.EVERYTHING):
        Lending.objects.filter(pk=asked.pk).update(lender=asked.agency)


# --- agreements beside them ---


def test_an_agreement_about_to_end_is_a_point(paola: Actor) -> None:
    firm, today = cards.organization(), clock.today()
    soon, later = today + timedelta(days=60), today + timedelta(days=61)
    for title, end in (("Doposcuola", soon), ("Mensa", later)):
        directory.sign_agreement(firm.pk, by=paola, title=title, fields=["name"], starts_on=today, ends_on=end)
    found = [p.words for p in reads.prepared(tables.network().pk, by=paola) if p.kind == "agreement"]
    assert len(found) == 1
    assert "Doposcuola" in found[0]
