"""S4: who, how to reach them safely, what is open; never what the household asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cortile.accounts.models import Account
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.scopes import EVERYTHING, opened
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.people import actions
from cortile.people import reads as people
from cortile.people.models import ContactPoint, Delegation, NotTheSame, Person, Representative, SignInCode, Tenancy
from tests import cast, traces
from tests.sessions import Enter


@pytest.fixture(autouse=True)
def _tied(_alone: None) -> None:
    """Let who opens records here have them in front: what is asked first has its own tests (``test_need_to_know``)."""
    for who in ("marta", "paola", "silvia"):
        cast.in_front(who, "adele", "samira", "gianni")


def page(person: Person, rest: str = "") -> str:
    """Return the address of a person's page, or of something on it."""
    return f"/scrivania/persone/{person.pk}/{rest}"


def shown(enter: Enter, person: Person, who: str = "marta") -> str:
    """Return a person's page as somebody of the cast reads it."""
    return enter(who).get(page(person)).content.decode()


def sent(enter: Enter, person: Person, rest: str, who: str = "marta", **words: Any) -> Any:  # noqa: ANN401 -- the client's own response
    """Send a form of a person's page."""
    return enter(who).post(page(person, rest), words)


def owes(person: Person, cents: int) -> None:
    """Put a balance on the contract a person signed."""
    tenancy = Tenancy.objects.get(holder=person)
    with opened(EVERYTHING):
        Account.objects.create(agency=person.agency, code="R1", tenancy=tenancy, balance_cents=cents, as_of=date(2026, 3, 1))


def test_the_page_says_how_to_call_and_in_which_language(enter: Enter, samira: Person) -> None:
    found = shown(enter, samira)
    assert 'href="tel:+393335550101"' in found
    assert "arabo" in found
    assert "serve l&#x27;interprete" in found or "serve l'interprete" in found


@pytest.mark.parametrize("marked", [{"shared": True}, {"safe": False}])
def test_a_number_that_is_not_hers_alone_is_not_shown(enter: Enter, adele: Person, marked: dict[str, bool]) -> None:
    actions.add_contact_point(adele, by=cast.machine(), kind="landline", value="02 5550 100", **marked)
    found = shown(enter, adele)
    assert "5550 100" not in found
    assert "Nessun numero sicuro" in found


def test_open_things_and_what_happened_are_there(enter: Enter, thread: Thread, marta: Actor, adele: Person) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele], note="Aspetta la figlia.")
    found = shown(enter, adele)
    assert str(thread.number) in found
    assert "Aspetta la figlia." in found


def test_a_colleague_does_not_read_the_note(enter: Enter, marta: Actor, paola: Actor, adele: Person) -> None:
    listening.record_contact(by=paola, chip="listening", done_what="listened", persons=[adele], note="Solo per noi.")
    assert "Solo per noi." not in shown(enter, adele)
    assert "Solo per noi." in shown(enter, adele, "paola")


def test_the_household_is_names_and_never_their_requests(enter: Enter, thread: Thread, adele: Person, gianni: Person) -> None:
    actions.form_household(cast.agency(), by=cast.SYSTEM, code="N-gianni", members=[(adele, "madre")])
    found = shown(enter, gianni)
    assert "Adele Brambilla" in found
    assert "Ascensore fermo" not in found


def test_what_cannot_be_read_is_counted_and_not_told(enter: Enter, thread: Thread, adele: Person) -> None:
    with opened(EVERYTHING):
        Thread.objects.update(neighbourhood=cast.staff("bruno").postings.get().neighbourhood, owner=cast.staff("bruno"))
    found = shown(enter, adele)
    assert "C'è un'altra richiesta aperta che non puoi leggere" in found.replace("&#x27;", "'")
    assert "Ascensore fermo" not in found


def test_a_delicate_request_is_not_even_counted(enter: Enter, thread: Thread, marta: Actor, adele: Person) -> None:
    listening.mark_delicate(thread, by=marta)
    assert "che non puoi leggere" not in shown(enter, adele, "paola")


def test_one_tap_confirms_the_number(enter: Enter, adele: Person) -> None:
    point = adele.contact_points.get()
    sent(enter, adele, "numero/", recapito=point.pk, giusto="1")
    assert ContactPoint.objects.get(pk=point.pk).confirmed_at == clock.now()


def test_a_number_added_on_a_phone_is_asked_about(enter: Enter, adele: Person) -> None:
    point = actions.add_contact_point(adele, by=cast.herself("adele"), kind="mobile", value="333 5550 188")
    assert "È il suo numero?" in shown(enter, adele)
    sent(enter, adele, "numero/", recapito=point.pk, giusto="1")
    assert people.sms_number_of(adele) == "333 5550 188"


def test_a_number_no_longer_hers_is_never_used_again(enter: Enter, adele: Person) -> None:
    point = adele.contact_points.get()
    sent(enter, adele, "numero/", recapito=point.pk, giusto="0")
    assert not ContactPoint.objects.get(pk=point.pk).safe


def test_somebody_else_s_number_is_not_hers_to_confirm(enter: Enter, adele: Person, samira: Person) -> None:
    assert sent(enter, adele, "numero/", recapito=samira.contact_points.get().pk, giusto="0").status_code == 404


def test_only_in_person_is_set_and_taken_off_here(enter: Enter, adele: Person) -> None:
    sent(enter, adele, "di-persona/", scelta="1")
    assert "Solo di persona." in shown(enter, adele)
    sent(enter, adele, "di-persona/", scelta="0")
    assert not Person.objects.get(pk=adele.pk).only_in_person


def test_two_persons_are_told_apart(enter: Enter, marta: Actor, adele: Person) -> None:
    other = actions.register(cast.agency(), by=marta, given_name="Adele", family_name="Brambila")
    assert "Forse è la stessa persona" in shown(enter, adele)
    sent(enter, adele, "diversa/", diversa=other.pk)
    assert NotTheSame.objects.filter(one=adele, other=other).exists()
    assert "Forse è la stessa persona" not in shown(enter, adele)


def test_a_person_of_another_body_is_not_told_apart(enter: Enter, adele: Person) -> None:
    assert sent(enter, adele, "diversa/", diversa=cast.person("teresa").pk).status_code == 404


def test_a_way_of_contact_is_added(enter: Enter, adele: Person) -> None:
    sent(enter, adele, "scrivi/recapito/", kind="mobile", value="333 5550 777", safe="on", when="dopo le 16")
    assert "dopo le 16" in shown(enter, adele)


def test_preferences_are_changed(enter: Enter, adele: Person) -> None:
    sent(enter, adele, "scrivi/preferenze/", language="es", discreet="on")
    changed = Person.objects.get(pk=adele.pk)
    assert (changed.language, changed.discreet) == ("es", True)


def test_where_and_when_we_write_her_is_asked_at_the_desk_too(enter: Enter, adele: Person) -> None:
    sent(enter, adele, "scrivi/preferenze/", language="it", channel="paper", quiet_from="13", quiet_until="16")
    changed = Person.objects.get(pk=adele.pk)
    assert (changed.channel, changed.quiet_from, changed.quiet_until) == ("paper", 13, 16)
    assert traces.event("person.preferences_set").agent_name.startswith("Marta")
    assert traces.subjects("person.preferences_set") == {adele.pk}


def test_a_way_that_leads_nowhere_is_refused_at_the_desk(enter: Enter, adele: Person) -> None:
    answer = sent(enter, adele, "scrivi/preferenze/", language="it", channel="email")
    assert (answer.status_code, answer.context["form"].refused.code) == (422, "way-missing")


def test_a_number_a_message_came_back_from_says_so(enter: Enter, adele: Person) -> None:
    actions.contact_bounced(adele, by=cast.SYSTEM, value=adele.contact_points.get().value)
    assert "un messaggio è tornato indietro" in shown(enter, adele)


def test_a_delegate_needs_a_talk_alone(enter: Enter, adele: Person) -> None:
    answer = sent(enter, adele, "scrivi/delega/", name="Chiara Brambilla", scopes=["faults"])
    assert answer.context["form"].refused.code == "private-talk-missing"
    assert "Chiara Brambilla" in answer.content.decode()


def test_a_delegate_lasts_twelve_months_and_is_one(enter: Enter, adele: Person) -> None:
    for _ in range(2):
        sent(enter, adele, "scrivi/delega/", name="Chiara Brambilla", scopes=["faults"], talked_alone="on", once="k1")
    assert Delegation.objects.get().until == date(2027, 3, 11)


def test_a_delegation_is_taken_back(enter: Enter, adele: Person, marta: Actor) -> None:
    given = actions.name_delegate(adele, by=marta, name="Chiara", talked_alone=True, scopes=["faults"])
    sent(enter, adele, "togli-delega/", delega=given.pk)
    assert "Chiara" not in shown(enter, adele)


def test_a_representative_comes_with_the_decree(enter: Enter, adele: Person) -> None:
    words = {"name": "Avv. Neri", "kind": "tutore", "scopes": ["rent"], "since": "1/3/2026"}
    assert sent(enter, adele, "scrivi/rappresentante/", **words).status_code == 422
    sent(enter, adele, "scrivi/rappresentante/", decree="123/2026 del 1 marzo", **words)
    assert Representative.objects.get().kind_label == "Tutore"


def test_the_code_is_printed_and_kept_as_a_digest_only(enter: Enter, adele: Person) -> None:
    answer = sent(enter, adele, "codice.pdf")
    assert answer.content.startswith(b"%PDF")
    assert SignInCode.objects.get().card_number == adele.card_number


def test_a_card_that_is_not_hers_gets_no_code(enter: Enter, adele: Person, samira: Person) -> None:
    assert sent(enter, adele, "codice.pdf", tessera=samira.card_number).status_code == 409
    assert not SignInCode.objects.exists()


# --- rent, and who may not ---


def test_rent_is_there_when_she_asked_for_help_about_it(enter: Enter, gianni: Person) -> None:
    owes(gianni, 64_000)
    assert "640 euro" not in shown(enter, gianni)
    cast.open_request("gianni", chip="rent")
    assert "Da pagare 640 euro" in shown(enter, gianni)


def test_a_desk_sees_the_card_and_no_more(enter: Enter, adele: Person) -> None:
    found = shown(enter, adele, "silvia")
    assert "02 5550 100" in found
    assert not any(hidden in found for hidden in ("3/5/1947", adele.card_number, "Preferenze", "640 euro"))


def test_a_desk_is_shown_no_mail(enter: Enter, adele: Person) -> None:
    actions.add_contact_point(adele, by=cast.machine(), kind="email", value="adele@example.invalid")
    assert "adele@example.invalid" in shown(enter, adele)
    assert "adele@example.invalid" not in shown(enter, adele, "silvia")


def test_a_desk_writes_nothing_here(enter: Enter, adele: Person) -> None:
    assert sent(enter, adele, "di-persona/", "silvia", scelta="1").status_code == 404
    assert enter("silvia").get(page(adele, "scrivi/delega/")).status_code == 404
    assert sent(enter, adele, "codice.pdf", "silvia").status_code == 404


@pytest.mark.parametrize("who", ["bruno", "sara", "salvatore", "lucia", "ornella", "samira"])
def test_who_may_not_see_her_finds_a_404(enter: Enter, adele: Person, who: str) -> None:
    assert enter(who).get(page(adele)).status_code == 404


@pytest.mark.parametrize("rest", ["niente/", "scrivi/niente/"])
def test_an_act_that_does_not_exist_is_a_404(enter: Enter, adele: Person, rest: str) -> None:
    assert sent(enter, adele, rest).status_code == 404
