"""S3: found by four letters, a staircase, a phone or a number; a name, a stair and a language, nothing more."""

from __future__ import annotations

import pytest

from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.people import actions
from cortile.people.models import NotTheSame, Person
from tests import cast
from tests.sessions import Enter

NEW = "/scrivania/persone/nuova/"


def looked_for(enter: Enter, text: str, who: str = "marta") -> str:
    """Return the page of a search."""
    return enter(who).get("/scrivania/cerca/", {"q": text}).content.decode()


def register(marta: Actor, given: str, family: str, **more: object) -> Person:
    """Register somebody more on Adele's stair."""
    adele = cast.person("adele")
    home = {"home_stair": adele.home_stair, "home_neighbourhood": adele.home_neighbourhood}
    return actions.register(cast.agency(), by=marta, given_name=given, family_name=family, **home, **more)


@pytest.mark.parametrize("text", ["bram", "brambila", "adele bra", "tigli 12 b", "5550 100", "02 5550100"])
def test_adele_is_found(enter: Enter, text: str) -> None:
    assert "Adele Brambilla" in looked_for(enter, text)


def test_a_card_number_finds_its_person(enter: Enter, adele: Person) -> None:
    assert "Adele Brambilla" in looked_for(enter, adele.card_number)


def test_the_number_of_a_request_finds_it(enter: Enter, thread: Thread) -> None:
    assert f'href="/scrivania/richieste/{thread.number}/"' in looked_for(enter, f"#{thread.number}")


def test_a_request_of_another_quarter_is_not_found(enter: Enter, thread: Thread) -> None:
    assert "Ascensore fermo" not in looked_for(enter, str(thread.number), "bruno")


def test_a_delicate_request_is_found_by_its_duty_person_only(enter: Enter, thread: Thread, marta: Actor) -> None:
    listening.mark_delicate(thread, by=marta)
    assert "Richiesta delicata" in looked_for(enter, str(thread.number))
    assert "Richiesta delicata" not in looked_for(enter, str(thread.number), "paola")


def test_a_result_says_name_stair_and_language_only(enter: Enter, samira: Person) -> None:
    shown = looked_for(enter, "haddad")
    assert "arabo" in shown
    assert "scala A" in shown
    assert not any(secret in shown for secret in ("333 5550 101", samira.card_number))


def test_a_search_leaves_its_read(enter: Enter, adele: Person) -> None:
    looked_for(enter, "bram")
    event = AuditEvent.objects.filter(what="people.searched").latest("pk")
    assert list(event.subjects.values_list("person_id", flat=True)) == [adele.pk]


def test_likely_doubles_are_flagged(enter: Enter, marta: Actor) -> None:
    register(marta, "Adele", "Brambila")
    assert looked_for(enter, "bram").count("forse doppia") == 2


def test_two_people_told_apart_are_flagged_no_more(enter: Enter, marta: Actor, adele: Person) -> None:
    actions.tell_apart(adele, register(marta, "Adele", "Brambila"), by=marta)
    assert "forse doppia" not in looked_for(enter, "bram")


def test_registering_comes_after_looking(enter: Enter) -> None:
    assert NEW not in looked_for(enter, "")
    assert NEW in looked_for(enter, "zzzz")


@pytest.mark.parametrize("who", ["salvatore", "lucia", "ornella"])
def test_who_may_not_search_finds_a_404(enter: Enter, who: str) -> None:
    assert enter(who).get("/scrivania/cerca/?q=bram").status_code == 404


def test_lodi_does_not_find_adele(enter: Enter) -> None:
    assert "Adele Brambilla" not in looked_for(enter, "bram", "sara")


# --- registering ---


def test_a_name_is_enough(enter: Enter) -> None:
    answer = enter("marta").post(NEW, {"given_name": "Rosa", "language": "it"})
    assert answer["Location"] == f"/scrivania/persone/{Person.objects.get(given_name='Rosa').pk}/"


def test_an_address_becomes_a_stair(enter: Enter, adele: Person) -> None:
    enter("marta").post(NEW, {"given_name": "Rosa", "language": "it", "home": "Tigli 12 B"})
    assert Person.objects.get(given_name="Rosa").home_stair == adele.home_stair


def test_an_address_with_more_stairs_asks_which(enter: Enter, adele: Person) -> None:
    words = {"given_name": "Rosa", "language": "it", "home": "Tigli 12"}
    assert "Scegli la scala." in enter("marta").post(NEW, words).content.decode()
    enter("marta").post(NEW, words | {"stair": str(adele.home_stair_id)})
    assert Person.objects.get(given_name="Rosa").home_stair == adele.home_stair


def test_an_unknown_address_is_said(enter: Enter) -> None:
    answer = enter("marta").post(NEW, {"given_name": "Rosa", "language": "it", "home": "Via Inventata 99"})
    assert answer.status_code == 422


def test_somebody_already_there_is_shown_first(enter: Enter) -> None:
    words = {"given_name": "Adele", "family_name": "Brambilla", "birth_date": "03051947", "language": "it"}
    shown = enter("marta").post(NEW, words).content.decode()
    assert "stessa data di nascita" in shown
    assert Person.objects.filter(family_name="Brambilla").count() == 1


def test_a_second_tap_registers_and_remembers_they_differ(enter: Enter, adele: Person) -> None:
    words = {"given_name": "Adele", "family_name": "Brambilla", "language": "it", "nuova": "1", "diversa": str(adele.pk)}
    enter("marta").post(NEW, words)
    assert Person.objects.filter(family_name="Brambilla").count() == 2
    assert NotTheSame.objects.filter(one=adele).exists()


def test_a_birth_in_1890_is_refused_in_words(enter: Enter) -> None:
    answer = enter("marta").post(NEW, {"given_name": "Rosa", "birth_date": "1/1/1890", "language": "it"})
    assert answer.context["form"].refused.code == "birth-date-impossible"


def test_sent_twice_is_one_person(enter: Enter) -> None:
    for _ in range(2):
        enter("marta").post(NEW, {"given_name": "Rosa", "language": "it", "once": "k1", "nuova": "1"})
    assert Person.objects.filter(given_name="Rosa").count() == 1


def test_the_way_back_leads_to_the_contact_left_open(enter: Enter) -> None:
    answer = enter("marta").post(f"{NEW}?torna=contatto", {"given_name": "يوسف", "language": "ar"})
    assert answer["Location"] == f"/scrivania/contatto/?nuova={Person.objects.get(given_name='يوسف').pk}"


def test_a_desk_registers_nobody(enter: Enter) -> None:
    assert enter("silvia").get(NEW).status_code == 404
