"""Notices: written plainly by who may, read by who lives there in their days, taken back in one tap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.messages import actions, reads
from cortile.messages.models import Notice
from tests import cast, traces

SAID: dict[str, Any] = {
    "title": "Ascensore fermo, scala B",
    "text": "L'ascensore della scala B è fermo. Il tecnico arriva domani entro le 13. Non puoi fare le scale? Chiama Salvatore.",
    "phone": "02 5550 001",
}


def write(by: Actor, *, stair: str = "B", **more: Any) -> Notice:  # noqa: ANN401 -- the act's own arguments
    """Write a notice to the stair of Adele, or to another."""
    home = cast.person("adele").home_stair
    assert home is not None
    building = home.building
    until = clock.today() + timedelta(days=1)
    one = building.stairs.get(name=stair) if stair else None
    return actions.write_notice(building, by=by, stair=one, **(SAID | {"until": until} | more))


def read_by(key: str) -> list[str]:
    """Return the titles of what a tenant is told."""
    return [n.title for n in reads.notices(by=cast.herself(key))]


def test_who_lives_on_the_stair_reads_it_and_the_next_stair_does_not(marta: Actor) -> None:
    write(marta)
    assert read_by("adele") == [SAID["title"]]
    assert read_by("samira") == []
    assert traces.event("notice.written").agent_id == marta.id


def test_a_notice_of_the_building_is_for_every_stair(marta: Actor) -> None:
    write(marta, stair="")
    assert read_by("samira") == read_by("gianni") == [SAID["title"]]
    assert read_by("teresa") == []


def test_it_is_gone_when_its_days_are_over(marta: Actor) -> None:
    write(marta)
    with clock.frozen(datetime(2026, 3, 13, 9, tzinfo=UTC)):
        assert read_by("adele") == []
        assert reads.notices(by=marta) == []


def test_taken_back_nobody_reads_it(marta: Actor) -> None:
    notice = write(marta)
    actions.withdraw_notice(notice.pk, by=marta)
    assert read_by("adele") == []
    assert traces.event("notice.withdrawn").thing_id == notice.pk
    with pytest.raises(NotVisible):
        actions.withdraw_notice(notice.pk, by=marta)


def test_another_body_neither_reads_nor_takes_it_back(marta: Actor, sara: Actor) -> None:
    notice = write(marta)
    assert reads.notices(by=sara) == []
    with pytest.raises(NotVisible):
        actions.withdraw_notice(notice.pk, by=sara)
    with pytest.raises(NotVisible):
        write(sara)


@pytest.mark.parametrize("who", ["silvia", "salvatore", "nadia"])
def test_who_may_not_write_one_is_refused(who: str) -> None:
    with pytest.raises(Refused) as refused:
        write(cast.at_desk(who))
    assert refused.value.code == "not-allowed"


def test_bureaucratic_words_are_refused_with_what_to_say_instead(marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        write(marta, text="Si comunica che l'utenza è sospesa. Entro e non oltre domani il provvedimento è notificato.")
    assert refused.value.code == "not-plain"
    assert "«provvedimento»: meglio «decisione»" in refused.value.what_to_do


def test_a_text_under_sixty_is_refused_with_its_index_and_longest_sentence(marta: Actor) -> None:
    hard = "Successivamente all'interruzione dell'alimentazione elettrica condominiale " * 4
    with pytest.raises(Refused) as refused:
        write(marta, text=hard)
    assert "Indice Gulpease" in refused.value.what_to_do
    assert "La frase più lunga è: «Successivamente" in refused.value.what_to_do


@pytest.mark.parametrize("days", [-1, 91])
def test_a_notice_lasts_from_today_to_three_months(marta: Actor, days: int) -> None:
    with pytest.raises(Refused, match="notice-days"):
        write(marta, until=clock.today() + timedelta(days=days))


def test_without_words_it_is_refused(marta: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        write(marta, title=" ")


def test_sent_twice_is_written_once(marta: Actor) -> None:
    write(marta, once="k")
    write(marta, once="k")
    assert Notice.objects.count() == 1


def test_a_desk_writes_none(silvia: Actor) -> None:
    home, until = cast.person("adele").home_stair, clock.today()
    assert home is not None
    with pytest.raises(Refused) as refused:
        actions.write_notice(home.building, by=silvia, until=until, **SAID)
    assert refused.value.code == "not-allowed"
