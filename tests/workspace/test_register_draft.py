"""Registering somebody takes a while: what was typed is there after the session has ended."""

from __future__ import annotations

from cortile.people.models import Person
from tests.sessions import Enter

NEW = "/scrivania/persone/nuova/"


def test_what_was_typed_after_the_session_ended_is_there_again(enter: Enter) -> None:
    token = enter("marta").get(NEW).content.decode().split('name="bozza" value="')[1].split('"')[0]
    enter.client.cookies.clear()
    enter.client.post(NEW, {"given_name": "Fatima", "family_name": "Zahra", "bozza": token})
    assert 'value="Fatima"' in enter("marta").get(NEW).content.decode()
    assert not Person.objects.filter(given_name="Fatima").exists()


def test_a_name_just_searched_is_not_mixed_with_an_old_draft(enter: Enter) -> None:
    token = enter("marta").get(NEW).content.decode().split('name="bozza" value="')[1].split('"')[0]
    enter.client.post("/bozza/", {"given_name": "Fatima", "bozza": token})
    assert "Fatima" not in enter.client.get(f"{NEW}?nome=Ivan").content.decode()
