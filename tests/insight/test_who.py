"""Who reads a month: the body's own people, and the Region."""

from __future__ import annotations

import pytest

from cortile.agencies.models import Agency
from cortile.insight import reads
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests import cast


@pytest.mark.parametrize("name", ["marta", "paola", "nadia"])
def test_the_body_reads_its_month(name: str, milano: Agency) -> None:
    assert reads.month(milano, 2026, 3, by=cast.at_desk(name)).title == "marzo 2026"


@pytest.mark.parametrize("body", ["aler-milano", "aler-lodi"])
def test_the_region_reads_every_body(body: str) -> None:
    assert reads.month(cast.agency(body), 2026, 3, by=cast.at_desk("roberto")).agency.code == body


def test_the_region_reads_the_same_hidden_cells(milano: Agency, paola: Actor) -> None:
    assert reads.month_csv(milano, 2026, 3, by=cast.at_desk("roberto")) == reads.month_csv(milano, 2026, 3, by=paola)


@pytest.mark.parametrize("name", ["sara", "luca", "anna", "davide"])
def test_another_body_finds_no_page(name: str, milano: Agency) -> None:
    with pytest.raises(NotVisible):
        reads.month(milano, 2026, 3, by=cast.at_desk(name))


@pytest.mark.parametrize("name", ["salvatore", "silvia", "lucia", "ornella"])
def test_other_roles_are_refused(name: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        reads.month_csv(milano, 2026, 3, by=cast.at_desk(name))


def test_a_tenant_is_refused(milano: Agency, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        reads.month(milano, 2026, 3, by=as_adele)
