"""Three papers: two give an association back that nobody can open, one gives nothing, old ones give nothing."""

from __future__ import annotations

import io
import logging
import sys

import pytest
from django.core.management import CommandError, call_command

from cortile.haven import keyring
from cortile.haven.actions import associations, keys_life, records
from cortile.haven.models import Association
from cortile.haven.reads import records as reads
from cortile.kit.actor import Actor, system
from cortile.kit.refusals import Refused
from tests_haven import cast

PHRASE = "la frase di chi ricomincia"


def recovered(casa: Association, papers: list[str]) -> keys_life.Recovered:
    """Open the association with papers, and name Marta."""
    return keys_life.recover(casa, papers, "Marta", "marta", PHRASE, by=system("recover", agency_id=casa.pk), how=cast.QUICK)


def test_a_lost_key_comes_back_with_two_papers_and_every_record_with_it(
    shift: keyring.Shift, chiara: Actor, casa: Association
) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    lead = recovered(casa, cast.PAPERS["spazio-aperto"][:2]).lead
    token = associations.open_shift(lead, PHRASE, by=chiara)
    assert lead.leads
    assert reads.one(keyring.of(token), record.pk, by=cast.at_work("marta")).code == "girasole"


def test_a_lost_share_leaves_two_that_open(casa: Association) -> None:
    _lost, second, third = cast.PAPERS["spazio-aperto"]
    assert set(keys_life.opened_by(casa, [second, third])) == {1}


@pytest.mark.parametrize("papers", [[0], [0, 0]], ids=["one", "the same one twice"])
def test_a_found_paper_alone_opens_nothing(papers: list[int], casa: Association) -> None:
    with pytest.raises(Refused, match="papers-wrong"):
        recovered(casa, [cast.PAPERS["spazio-aperto"][which] for which in papers])


def test_another_association_s_papers_open_nothing(casa: Association) -> None:
    with pytest.raises(Refused, match="papers-wrong"):
        recovered(casa, cast.PAPERS["porta-accanto"][:2])


def test_new_papers_open_and_the_old_ones_no_more(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    drawn = keys_life.draw_papers(shift, by=chiara)
    assert set(keys_life.opened_by(casa, drawn[1:])) == {1}
    with pytest.raises(Refused, match="papers-wrong"):
        recovered(casa, cast.PAPERS["spazio-aperto"][:2])


def test_an_old_paper_and_a_new_one_do_not_make_two(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    drawn = keys_life.draw_papers(shift, by=chiara)
    with pytest.raises(Refused, match="papers-wrong"):
        recovered(casa, [cast.PAPERS["spazio-aperto"][0], drawn[1]])


def test_papers_that_were_used_are_drawn_again(casa: Association) -> None:
    drawn = recovered(casa, cast.PAPERS["spazio-aperto"][:2]).papers
    with pytest.raises(Refused, match="papers-wrong"):
        keys_life.opened_by(casa, cast.PAPERS["spazio-aperto"][:2])
    assert set(keys_life.opened_by(casa, drawn[:2])) == {1}


def test_turned_keys_come_with_papers_that_open_every_version(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    turned = keys_life.turn_keys(shift, by=chiara)
    assert keys_life.opened_by(casa, turned.papers[:2]) == shift.private


def _answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_the_command_asks_for_papers_and_phrase_and_repeats_neither(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="")
    first, second, _third = cast.PAPERS["spazio-aperto"]
    _answer(monkeypatch, first.upper(), second, PHRASE)
    call_command("recover", "--association", "spazio-aperto", "--login", "marta", "--name", "Marta")
    said = "".join((caplog.text, *capfd.readouterr()))
    assert "Guida Marta" in said
    assert all(secret not in said for secret in (first, first.upper(), second, PHRASE))


def test_the_command_says_in_one_sentence_that_papers_do_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, cast.PAPERS["spazio-aperto"][0], "parole a caso", PHRASE)
    with pytest.raises(CommandError, match="Queste carte non aprono"):
        call_command("recover", "--association", "spazio-aperto", "--login", "marta", stderr=io.StringIO())


def test_the_command_draws_papers_for_who_leads(monkeypatch: pytest.MonkeyPatch, casa: Association) -> None:
    said = io.StringIO()
    _answer(monkeypatch, cast.PHRASES["chiara"])
    call_command("papers", "--login", "chiara", stdout=said, stderr=io.StringIO())
    lines = said.getvalue().splitlines()
    papers = [lines[at + 1] for at, line in enumerate(lines) if line.startswith("Carta ")]
    assert set(keys_life.opened_by(casa, papers[:2])) == {1}


def test_an_association_is_founded_from_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, PHRASE)
    names = {"slug": "casa-nuova", "name": "Casa Nuova", "login": "rita", "lead": "Rita"}
    call_command("found", **names, stdout=io.StringIO(), stderr=io.StringIO())
    assert cast.operator("rita").leads
