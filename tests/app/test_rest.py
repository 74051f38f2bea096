"""A tenant's session rests for thirty minutes, then ends; what was being written is kept."""

from __future__ import annotations

from datetime import timedelta

from cortile.kit import clock, drafts
from cortile.kit.actor import Actor
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.sessions import Enter

ME = "/casa/io/"


def test_thirty_minutes_end_it(enter: Enter) -> None:
    client = enter("adele")
    client.get(ME)
    with clock.frozen(cast.NOW + timedelta(minutes=29)):
        assert client.get(ME).status_code == 200
    with clock.frozen(cast.NOW + timedelta(minutes=59)):
        assert client.get(ME)["Location"].startswith("/casa/entra/")
        assert client.session.is_empty()


def test_the_draft_is_there_when_she_is_back(enter: Enter, as_adele: Actor) -> None:
    client, token = enter("adele"), drafts.token(as_adele, "aiuto", path="/casa/aiuto/")
    client.get(ME)
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        answer = client.post("/casa/aiuto/", {"bozza": token, "words": "La caldaia fa rumore"})
        assert answer["Location"] == "/casa/entra/?next=%2Fcasa%2Faiuto%2F"
        assert drafts.find(as_adele, "aiuto")["words"] == "La caldaia fa rumore"


def test_a_new_code_on_paper_ends_the_sessions_of_its_card(enter: Enter, adele: Person, marta: Actor) -> None:
    client = enter("adele")
    with clock.frozen(cast.NOW + timedelta(minutes=1)):
        assert client.get(ME).status_code == 200
        people.issue_paper_code(adele, by=marta)
        assert client.get(ME).status_code == 302


def test_a_code_for_her_delegates_card_ends_none_of_hers(enter: Enter, adele: Person, marta: Actor) -> None:
    client = enter("adele")
    helper = people.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    with clock.frozen(cast.NOW + timedelta(minutes=1)):
        people.issue_paper_code(adele, by=marta, card_number=helper.card_number)
        assert client.get(ME).status_code == 200
