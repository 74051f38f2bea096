"""What rests at a service, and the very need nobody serves: counts only, five at least, of quarters whose counts one may read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortile.directory.models import Service, TaxonomyTerm
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.small_cells import Hidden
from cortile.network import actions, reads, standing
from cortile.network.models import Network
from cortile.referrals import actions as referrals
from cortile.referrals.actions import Yes
from cortile.referrals.models import ServiceFigures
from tests import cast
from tests.directory import cards
from tests.insight import work
from tests.network import tables

AFTER = datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.fixture
def sports() -> Service:
    """Return the card of a service nobody hears from, which says nothing of homework."""
    cards.whole()
    return cards.published("Palestra", of=cards.organization(name="Circolo I Noci"), keeper_email="noci@example.invalid")


def send(count: int, service: Service, code: str = "sport") -> None:
    """Send Adele somewhere from as many requests of hers."""
    term = TaxonomyTerm.objects.get(code=code, taxonomy__key="needs")
    for thread in work.requests(count, chip="school"):
        referrals.send(
            thread, service, by=cast.at_desk("marta"), need="Un posto il pomeriggio", fields=["name", "need"], term=term,
            basis=Yes("Va bene che lo chieda?"),
        )  # fmt: skip


def points(net: Network, kind: str, by: Actor) -> list[str]:
    with clock.frozen(AFTER):
        return [p.words for p in reads.prepared(net.pk, by=by) if p.kind == kind]


def test_what_rests_at_a_service_becomes_a_point(sports: Service, paola: Actor) -> None:
    send(5, sports)
    (said,) = points(tables.network(), "stuck", paola)
    assert said.startswith("«Palestra»: almeno 5 invii fermi, il più vecchio da 40 giorni")


def test_four_that_rest_are_a_few_and_no_point(sports: Service, paola: Actor) -> None:
    send(4, sports)
    net = tables.network()
    assert points(net, "stuck", paola) == []
    with clock.frozen(AFTER):
        ((_name, stuck, row),) = reads.needs(net.pk, by=paola).services
    assert (stuck, row.stuck, row.days) == ("meno di 5", Hidden(few=True), None)


def test_what_rests_is_said_in_steps_of_five(sports: Service, paola: Actor) -> None:
    send(7, sports)
    net = tables.network()
    with clock.frozen(AFTER):
        ((_name, stuck, row),) = reads.needs(net.pk, by=paola).services
    assert (stuck, row.stuck) == ("almeno 5", 5)


def test_what_is_within_its_date_does_not_rest(sports: Service, paola: Actor) -> None:
    send(5, sports)
    assert standing.of([q for q in [cast.space().neighbourhood] if q], cast.agency().pk, {}) == []


def test_the_very_need_that_was_sent_and_nobody_serves_is_a_gap(sports: Service, paola: Actor) -> None:
    send(5, sports, "sport")
    said = [words for words in points(tables.network(), "gap", paola) if "invii" in words]
    assert said == ["San Siro: almeno 5 invii per «Sport e movimento» (marzo 2026), e nessun servizio sicuro."]


def test_a_need_somebody_serves_is_none(sports: Service, paola: Actor) -> None:
    send(5, sports, "homework")
    assert [words for words in points(tables.network(), "gap", paola) if "invii" in words] == []


def test_the_figures_of_a_year_are_told_to_one_s_own_body_alone(sports: Service) -> None:
    send(5, sports)
    body, quarters = cast.agency(), [q for q in [cast.space().neighbourhood] if q]
    with scopes.opened(scopes.EVERYTHING):
        ServiceFigures.objects.create(agency=body, service=sports, day=clock.today(), referrals=5, acceptance_bp=6000)
    assert [row.acceptance for row in standing.of(quarters, body.pk, {})] == [60]
    assert standing.of(quarters, cast.agency("comune-milano").pk, {}) == []


def test_what_rests_elsewhere_or_was_not_lent_is_not_told(sports: Service) -> None:
    send(5, sports)
    davide = cast.at_desk("davide")
    net = tables.network("davide")
    assert points(net, "stuck", davide) == []
    lending = actions.ask_counts(net.pk, cast.agency(), by=davide)
    actions.lend_counts(lending.pk, by=cast.at_desk("paola"))
    assert len(points(net, "stuck", davide)) == 1


def test_what_was_sent_before_the_lending_was_not_lent(sports: Service) -> None:
    send(5, sports)
    davide, net = cast.at_desk("davide"), tables.network("davide")
    lending = actions.ask_counts(net.pk, cast.agency(), by=davide)
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        actions.lend_counts(lending.pk, by=cast.at_desk("paola"))
    assert points(net, "stuck", davide) == []
    assert [words for words in points(net, "gap", davide) if "invii" in words] == []
    with clock.frozen(cast.NOW + timedelta(hours=2)):
        send(5, sports)
    assert len(points(net, "stuck", davide)) == 1
