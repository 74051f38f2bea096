"""T9: what is known of me, who helps me, who has looked."""

from __future__ import annotations

import pytest
from django.test import Client

from cortile.kit.actor import Actor
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.people import reads as people
from cortile.people.models import ContactPoint, Delegation, Person
from tests import cast
from tests.app.pages import as_daughter, as_guardian, said
from tests.people.test_copies import shared
from tests.sessions import Enter

HERE = "/casa/io/"


def test_who_looked_is_told_in_words(enter: Enter, adele: Person, thread: Thread, marta: Actor) -> None:
    people.card(adele.pk, by=marta)
    listening.whole(thread.number, by=marta)
    page = said(enter("adele").get(HERE))
    assert "<bdi>Marta</bdi>, community manager, ha aperto la tua scheda" in page
    assert "ha letto una tua richiesta per seguirla" in page
    assert "Ferri" not in page


def test_the_same_look_is_told_once_a_day(enter: Enter, adele: Person, marta: Actor) -> None:
    for _ in range(3):
        people.card(adele.pk, by=marta)
    assert "ha aperto la tua scheda (3 volte)" in said(enter("adele").get(HERE))


def test_nobody_looked_has_neutral_words(enter: Enter) -> None:
    assert "Qui non c'è niente da mostrare." in said(enter("adele").get(HERE))


def test_language_and_discretion_are_kept(enter: Enter) -> None:
    enter("adele").post(HERE, {"act": "preferences", "language": "en", "discreet": "on"})
    adele = cast.person("adele")
    assert (adele.language, adele.discreet) == ("en", True)


def test_it_is_still_her_number_in_one_tap(enter: Enter, adele: Person) -> None:
    point = adele.contact_points.get()
    enter("adele").post(HERE, {"act": "still_mine", "id": str(point.pk)})
    assert ContactPoint.objects.get(pk=point.pk).confirmed_at is not None


def test_a_number_no_longer_hers_is_not_used(enter: Enter, adele: Person) -> None:
    enter("adele").post(HERE, {"act": "not_mine", "id": str(adele.contact_points.get().pk)})
    assert people.phone_of(adele) == ""


def test_when_to_call_is_kept(enter: Enter, adele: Person) -> None:
    enter("adele").post(HERE, {"act": "when", "id": str(adele.contact_points.get().pk), "when": "mattina"})
    assert adele.contact_points.get().when == "mattina"


def test_a_new_number_waits_for_an_operator(enter: Enter, adele: Person) -> None:
    her = enter("adele")
    her.post(HERE, {"act": "new_contact", "value": "333 5550 199", "shared": "on"})
    point = adele.contact_points.get(kind="mobile")
    assert (point.shared, point.to_confirm, point.safe) == (True, True, False)
    assert "Da confermare con un operatore." in said(her.get(HERE))


def test_who_represents_her_finds_nothing_to_change(client: Client, adele: Person, thread: Thread) -> None:
    shared(person=adele, purpose="Centro salute mentale", thread_id=thread.pk)
    page = said(as_guardian(client, "rent").get(HERE))
    assert "Adele Brambilla" in page
    assert not [
        word for word in ("<button", adele.contact_points.get().value, "Centro salute mentale") if word in page.split("<main")[1]
    ]


@pytest.mark.parametrize("act", ["not_mine", "still_mine", "new_contact", "preferences", "withdraw", "take_back"])
def test_who_represents_her_changes_nothing(client: Client, adele: Person, act: str) -> None:
    point = adele.contact_points.get()
    sent = {"act": act, "id": str(point.pk), "value": "333 5550 199", "language": "ar"}
    assert as_guardian(client, "rent").post(HERE, sent).status_code == 404
    assert list(adele.contact_points.values_list("value", "safe")) == [(point.value, True)]


def test_half_a_number_is_sent_back_with_how_to_mend_it(enter: Enter) -> None:
    answer = enter("adele").post(HERE, {"act": "new_contact", "value": "33"})
    assert answer.status_code == 422
    assert "troppo corto" in said(answer)


def test_another_s_number_is_not_there(enter: Enter, samira: Person) -> None:
    point = samira.contact_points.get()
    assert enter("adele").post(HERE, {"act": "not_mine", "id": str(point.pk)}).status_code == 404
    assert ContactPoint.objects.get(pk=point.pk).safe


def test_help_is_withdrawn_in_one_tap(enter: Enter, client: Client) -> None:
    as_daughter(client, "faults")
    given = Delegation.objects.get()
    enter("adele").post(HERE, {"act": "withdraw", "id": str(given.pk)})
    assert Delegation.objects.get().withdrawn_at is not None


def test_a_delegate_does_not_read_it(client: Client) -> None:
    assert as_daughter(client, "faults").get(HERE).status_code == 404


def test_no_switch_tells_of_only_in_person(enter: Enter) -> None:
    assert "solo di persona" not in said(enter("adele").get(HERE)).lower()
