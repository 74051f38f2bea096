"""The page of the phone's week: written by who leads the body, and found by nobody else."""

from __future__ import annotations

import io

import pypdf
import pytest

from cortile.agencies import actions, reads
from cortile.backstage.management.commands import doctor
from cortile.kit.actor import system
from cortile.listening.models import Thread
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/amministrazione/telefono/"
TURN = {"weekday": "2", "opens": "09:00", "closes": "13:00"}


def written(enter: Enter, who: str = "silvia", **words: str) -> int:
    """Write a turn as the administration, and return what the page answers."""
    return enter("nadia").post(PAGE, {"who": str(cast.staff(who).pk)} | TURN | words).status_code


def test_a_turn_is_written_and_shown(enter: Enter) -> None:
    assert written(enter) == 302
    page = enter("nadia").get(PAGE).content.decode()
    assert "Silvia M." in page
    assert "mercoledì" in page.lower()


def test_hours_the_wrong_way_round_come_back(enter: Enter) -> None:
    assert written(enter, closes="08:00") == 422


@pytest.mark.parametrize("who", ["salvatore", "sara"])
def test_who_does_not_answer_here_cannot_be_chosen(enter: Enter, who: str) -> None:
    assert written(enter, who) == 422


def test_a_turn_is_taken_off(enter: Enter) -> None:
    written(enter)
    (turn,) = reads.phone_turns(cast.agency().pk)
    enter("paola").post(PAGE, {"togli": str(turn.pk)})
    assert reads.phone_turns(cast.agency().pk) == []


@pytest.mark.parametrize("who", ["marta", "silvia", "ornella"])
def test_the_week_is_not_theirs_to_write(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code == 404


def test_the_phone_page_says_whose_turn_it_is(enter: Enter) -> None:
    written(enter)
    assert "il turno del telefono è tuo" in enter("silvia").get("/scrivania/telefono/").content.decode()
    assert "<bdi>Silvia</bdi>" in enter("paola").get("/scrivania/telefono/").content.decode()


def test_both_doors_print_who_answers(enter: Enter, thread: Thread) -> None:
    written(enter)
    written(enter, "marta", weekday="3")
    for who, page in (
        ("adele", f"/casa/richieste/{thread.number}/foglio.pdf"),
        ("marta", f"/scrivania/richieste/{thread.number}/foglio.pdf"),
    ):
        paper = pypdf.PdfReader(io.BytesIO(enter(who).get(page).content)).pages[0].extract_text()
        assert "Rispondono Silvia e Marta." in " ".join(paper.replace("\u00a0", " ").split())


def test_a_body_with_nobody_on_the_phone_is_said_by_the_doctor() -> None:
    said = [line for line in doctor.lacks() if "turno al telefono" in line]
    assert any("ALER Milano" in line for line in said)


def test_with_a_turn_the_doctor_is_content() -> None:
    for weekday, who in ((0, "silvia"), (0, "luca")):
        member = cast.staff(who)
        actions.set_phone_turn(
            member, by=system("prova", agency_id=member.agency_id), weekday=weekday,
            opens=cast.WEEK[0].opens, closes=cast.WEEK[0].closes,
        )  # fmt: skip
    assert [line for line in doctor.lacks() if "turno al telefono" in line] == []
