"""The pages of who sees a part of somebody: copies for other bodies, the nurse's list, the custodian's visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.scopes import EVERYTHING, opened
from cortile.listening import actions as listening
from cortile.people import actions
from cortile.people.models import Person, SharedCopy
from tests import cast
from tests.agenda.booking import at, booked
from tests.people.test_copies import shared
from tests.sessions import Enter


@pytest.fixture(autouse=True)
def _tied(_alone: None) -> None:
    """Let who opens records here have them in front."""
    for who in ("marta", "silvia"):
        cast.in_front(who, "adele", "samira", "gianni")


CARE, VISITS, COPIES = "/scrivania/ambulatorio/", "/scrivania/visite/", "/scrivania/condivise/"


def text(enter: Enter, who: str, address: str) -> str:
    """Return a page as somebody reads it."""
    return enter(who).get(address).content.decode()


def gave(enter: Enter, person: Person, who: str = "marta", **words: Any) -> Any:  # noqa: ANN401 -- the client's own response
    """Send the form «Condividi con un altro ente»."""
    said: dict[str, Any] = {
        "to": cast.agency("comune-milano").pk, "fields_given": ["name", "language"], "purpose": "Corso di italiano",
        "basis": "consent", "said_yes": "on", "evidence": "Detto allo Spazio.", "until": "30/03/2026", "once": "k1",
    }  # fmt: skip
    return enter(who).post(f"/scrivania/persone/{person.pk}/condividi/", said | words)


# --- «Condividi con un altro ente» ---


def test_a_copy_is_given_once_and_read_by_the_other_body(enter: Enter, adele: Person) -> None:
    for _ in range(2):
        assert gave(enter, adele).status_code == 302
    found = text(enter, "davide", COPIES)
    assert found.count("Adele Brambilla") == 1
    assert "Corso di italiano" in found
    assert "5550 100" not in found


def test_only_what_there_is_to_give_is_offered(enter: Enter, samira: Person) -> None:
    found = text(enter, "marta", f"/scrivania/persone/{samira.pk}/condividi/")
    assert 'value="phone"' in found
    assert 'value="birth_year"' not in found


def test_a_request_is_offered_as_the_need(enter: Enter, adele: Person) -> None:
    thread = cast.open_request("adele", title="Cerca compagnia")
    gave(enter, adele, request=thread.pk)
    copy = SharedCopy.objects.get()
    assert (copy.fields["need"], copy.thread_id) == ("Cerca compagnia", thread.pk)


@pytest.mark.parametrize("keep", [listening.mark_delicate, listening.keep_in_person])
def test_a_delicate_request_is_never_offered(enter: Enter, adele: Person, marta: Actor, keep: Any) -> None:  # noqa: ANN401 -- an act
    cast.open_request("adele", title="Ascensore fermo")
    thread = cast.open_request("adele", title="Ho paura in casa")
    keep(thread, by=marta)
    assert "Ho paura in casa" not in text(enter, "marta", f"/scrivania/persone/{adele.pk}/condividi/")
    assert gave(enter, adele, request=thread.number).status_code == 422


def test_without_her_yes_nothing_is_lost_of_what_was_typed(enter: Enter, adele: Person) -> None:
    answer = gave(enter, adele, said_yes="")
    assert (answer.status_code, answer.context["form"].refused.code) == (422, "yes-missing")
    assert "Corso di italiano" in answer.content.decode()
    assert not SharedCopy.objects.exists()


@pytest.mark.parametrize("who", ["silvia", "bruno", "salvatore", "lucia", "davide"])
def test_who_does_not_follow_her_finds_no_form(enter: Enter, adele: Person, who: str) -> None:
    assert gave(enter, adele, who).status_code == 404


def test_whoever_follows_her_takes_it_back_from_her_page(enter: Enter, adele: Person) -> None:
    copy = shared()
    assert "Riprendi la copia" in text(enter, "marta", f"/scrivania/persone/{adele.pk}/")
    enter("marta").post(f"/scrivania/persone/{adele.pk}/copia/{copy.pk}/togli/")
    assert "Adele" not in text(enter, "davide", COPIES)


def test_a_copy_of_somebody_else_is_not_taken_back_from_here(enter: Enter, gianni: Person) -> None:
    answer = enter("marta").post(f"/scrivania/persone/{gianni.pk}/copia/{shared().pk}/togli/")
    assert answer.status_code == 404


def test_she_sees_it_in_the_app_and_takes_it_back(enter: Enter) -> None:
    copy = shared()
    text(enter, "davide", COPIES)
    page = text(enter, "adele", "/casa/io/")
    assert "Comune di Milano" in page
    assert "Davide" in page
    enter("adele").post("/casa/io/", {"act": "take_back", "id": copy.pk})
    assert "Adele" not in text(enter, "davide", COPIES)


def test_a_neighbour_takes_nothing_back_in_the_app(enter: Enter) -> None:
    assert enter("gianni").post("/casa/io/", {"act": "take_back", "id": shared().pk}).status_code == 404


# --- the nurse's own list ---


def test_a_nurse_reads_whom_she_receives_and_nothing_of_why(enter: Enter) -> None:
    thread = cast.open_request("samira", title="Pressione alta", chip="health")
    booked("samira", staff=cast.staff("lucia"), thread=thread, bring="Il referto")
    found = text(enter, "lucia", CARE)
    assert all(
        part in found for part in ("Samira Haddad", "scala A", "333 5550 101", "arabo", "interprete", "10:00", "Spazio C.A.S.A.")
    )
    assert not any(part in found for part in ("Pressione", "referto", str(thread.number)))


def test_somebody_else_s_appointments_are_not_hers(enter: Enter) -> None:
    booked("gianni")
    assert "Gianni" not in text(enter, "lucia", CARE)


def test_yesterday_s_appointments_are_gone(enter: Enter) -> None:
    booked("gianni", staff=cast.staff("lucia"))
    with clock.frozen(cast.NOW + timedelta(days=2)):
        assert "Gianni" not in text(enter, "lucia", CARE)


def test_the_desk_books_the_nurse(enter: Enter, adele: Person) -> None:
    page = text(enter, "silvia", f"/scrivania/agenda/fissa/?persona={adele.pk}")
    assert f'value="{cast.staff("lucia").pk}"' in page


# --- the custodian's visits ---


def test_a_custodian_reads_who_asked_and_nobody_else(enter: Enter, adele: Person, marta: Actor) -> None:
    actions.set_preferences(adele, by=marta, visits_welcome=True)
    found = text(enter, "salvatore", VISITS)
    assert all(part in found for part in ("Adele Brambilla", "scala B", "02 5550 100", "italiano"))
    assert not any(part in found for part in ("Samira", "Gianni", "1947", adele.card_number))


def test_who_changes_her_mind_is_gone(enter: Enter, adele: Person, marta: Actor) -> None:
    actions.set_preferences(adele, by=marta, visits_welcome=True)
    actions.set_preferences(adele, by=marta, visits_welcome=False)
    assert "Adele" not in text(enter, "salvatore", VISITS)


def test_a_custodian_of_another_quarter_does_not_knock(enter: Enter, adele: Person, marta: Actor) -> None:
    actions.set_preferences(adele, by=marta, visits_welcome=True)
    with opened(EVERYTHING):
        cast.staff("salvatore").postings.update(neighbourhood=cast.staff("bruno").postings.get().neighbourhood)
    assert "Adele" not in text(enter, "salvatore", VISITS)


def test_with_only_in_person_there_is_no_number_to_call(enter: Enter, adele: Person, marta: Actor) -> None:
    actions.set_preferences(adele, by=marta, visits_welcome=True)
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    found = text(enter, "salvatore", VISITS)
    assert "Adele Brambilla" in found
    assert "5550 100" not in found


def test_it_is_chosen_at_the_desk_and_in_the_app(enter: Enter, adele: Person) -> None:
    enter("adele").post("/casa/io/", {"act": "preferences", "language": "it", "visits_welcome": "on"})
    assert Person.objects.get(pk=adele.pk).visits_welcome
    enter("marta").post(f"/scrivania/persone/{adele.pk}/scrivi/preferenze/", {"language": "it"})
    assert not Person.objects.get(pk=adele.pk).visits_welcome


def test_the_reads_are_told_to_her(enter: Enter, adele: Person, marta: Actor) -> None:
    actions.set_preferences(adele, by=marta, visits_welcome=True)
    booked("adele", staff=cast.staff("lucia"), starts_at=at(11))
    text(enter, "salvatore", VISITS)
    text(enter, "lucia", CARE)
    page = text(enter, "adele", "/casa/io/")
    assert "Salvatore" in page
    assert "Lucia" in page


@pytest.mark.parametrize(
    ("address", "whose"), [(CARE, "lucia"), (VISITS, "salvatore"), (COPIES, "davide")], ids=["care", "visits", "copies"]
)
def test_each_list_opens_to_one_role_only(enter: Enter, address: str, whose: str) -> None:
    everybody = {"marta", "paola", "silvia", "salvatore", "lucia", "ornella", "nadia", "davide", "federica", "roberto", "adele"}
    assert {who for who in everybody if enter(who).get(address).status_code == 200} == {whose}
