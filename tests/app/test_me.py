"""T9: what is known of me, who helps me, who has looked."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.people import actions
from cortile.people import reads as people
from cortile.people.models import ContactPoint, Delegation, Person
from tests import cast, traces
from tests.app.pages import as_daughter, as_guardian, come_by, masked, said
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


# --- where messages come first, and when none does ---

CHOSEN = {"act": "preferences", "language": "it", "channel": "paper", "quiet_from": "13", "quiet_until": "16"}


def test_where_and_when_we_write_is_kept(enter: Enter) -> None:
    enter("adele").post(HERE, CHOSEN)
    adele = cast.person("adele")
    assert (adele.channel, adele.quiet_from, adele.quiet_until) == ("paper", 13, 16)
    assert traces.event("person.preferences_set").agent_kind == "tenant"


def test_each_way_is_explained_and_the_body_s_hours_are_told(enter: Enter, adele: Person) -> None:
    page = said(enter("adele").get(HERE))
    assert "SMS. Arriva su ogni telefono" in page
    assert "Sul telefono non arriva niente." in page
    assert ("come l&#x27;ente: 20:00" in page, "come l&#x27;ente: 8:00" in page) == (True, True)


def test_a_way_that_leads_nowhere_says_what_is_missing(enter: Enter, samira: Person) -> None:
    hers = said(enter("adele").get(HERE))
    assert ("Manca un cellulare solo tuo." in hers, "Manca il tuo indirizzo." in hers) == (True, True)
    assert "Manca un cellulare" not in said(enter("samira").get(HERE))


def test_hours_left_empty_are_the_body_s_again(enter: Enter) -> None:
    enter("adele").post(HERE, CHOSEN)
    enter("adele").post(HERE, CHOSEN | {"quiet_from": "", "quiet_until": ""})
    assert cast.person("adele").quiet_from is None


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"quiet_until": ""}, "Servono due ore diverse."),
        ({"quiet_until": "13"}, "Servono due ore diverse."),
        ({"channel": "email"}, "Scegline un&#x27;altra"),
    ],
)
def test_half_a_choice_comes_back_with_how_to_mend_it(enter: Enter, wrong: dict[str, str], why: str) -> None:
    answer = enter("adele").post(HERE, CHOSEN | wrong)
    assert (answer.status_code, why in said(answer)) == (422, True)
    assert cast.person("adele").channel == "sms"


def test_app_io_is_offered_where_somebody_carries_it(enter: Enter, settings: Settings) -> None:
    assert "App IO" not in said(enter("adele").get(HERE))
    settings.CARRIERS = {**settings.CARRIERS, "io": "adapters.app_io.carrier.AppIo"}
    assert "App IO. Arriva nell&#x27;app IO" in said(enter("adele").get(HERE))


def test_a_number_a_message_came_back_from_is_asked_about(enter: Enter, adele: Person) -> None:
    point = adele.contact_points.get()
    actions.confirm_contact_point(point, by=cast.at_desk("marta"), still_right=True)
    actions.contact_bounced(adele, by=cast.SYSTEM, value=point.value)
    her = enter("adele")
    assert "Un messaggio è tornato indietro." in said(her.get(HERE))
    her.post(HERE, {"act": "still_mine", "id": str(point.pk)})
    assert adele.contact_points.get().bounced_at is None
    assert "tornato indietro" not in said(her.get(HERE))


# --- how she came in ---


@pytest.mark.parametrize(
    ("came_by", "step", "how", "rest"),
    [
        ("paper", 1, "con il codice del foglio", "mostra un documento"),
        ("paper", 2, "con il codice del foglio", "vedi tutto quello che ti riguarda"),
        ("sms", 1, "con un codice arrivato per SMS", "si vedono con il foglio, con SPID o con una persona"),
        ("voice", 1, "con un codice detto al telefono", "si vedono con il foglio, con SPID o con una persona"),
        ("spid", 2, "con SPID", "vedi tutto quello che ti riguarda"),
        ("cie", 2, "identità elettronica", "vedi tutto quello che ti riguarda"),
    ],
)
def test_how_she_came_in_is_told_with_what_it_shows(client: Client, came_by: str, step: int, how: str, rest: str) -> None:
    page = said(come_by(client, "adele", came_by, step).get(HERE))
    assert (how in page, rest in page) == (True, True)


@pytest.mark.parametrize("came_by", ["sms", "voice"])
def test_a_telephone_s_code_shows_the_same_whatever_there_is(client: Client, adele: Person, marta: Actor, came_by: str) -> None:
    her = come_by(client, "adele", came_by)
    before = masked(her.get(HERE))
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 188")
    actions.name_delegate(adele, by=marta, name="Lucia Rossi", talked_alone=True, scopes=["faults"])
    shared(person=adele, purpose="Centro salute mentale")
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    assert masked(her.get(HERE)) == before
    assert not [word for word in ("Lucia", "333 5550", "02 5550 100", "salute", "Chi ha visto i miei dati") if word in before]


def test_paper_shows_what_a_telephone_s_code_does_not(client: Client, adele: Person, marta: Actor) -> None:
    her = come_by(client, "adele", "paper")
    before = masked(her.get(HERE))
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 188")
    assert masked(her.get(HERE)) != before


@pytest.mark.parametrize("act", ["still_mine", "not_mine", "when", "new_contact", "withdraw", "take_back"])
def test_with_a_telephone_s_code_nothing_of_that_is_changed(client: Client, adele: Person, act: str) -> None:
    point = adele.contact_points.get()
    copy = shared(person=adele)
    sent = {"act": act, "id": str(copy.pk if act == "take_back" else point.pk), "value": "333 5550 199", "when": "sera"}
    assert come_by(client, "adele", "sms").post(HERE, sent).status_code == 404
    assert list(adele.contact_points.values_list("value", "safe", "when")) == [(point.value, True, "")]


def test_what_is_not_shown_is_not_read(client: Client) -> None:
    come_by(client, "adele", "sms").get(HERE)
    assert not AuditEvent.objects.filter(what__in=["audit.read", "copies.read"]).exists()
    come_by(client, "adele", "paper").get(HERE)
    assert AuditEvent.objects.filter(what="audit.read").exists()


def test_a_telephone_s_code_may_tighten_and_never_loosen(client: Client, adele: Person) -> None:
    her = come_by(client, "adele", "sms")
    her.post(HERE, {"act": "preferences", "language": "en", "discreet": "on", "channel": "app"})
    her.post(HERE, {"act": "preferences", "language": "en", "channel": "app"})
    changed = cast.person("adele")
    assert (changed.language, changed.discreet, changed.channel) == ("en", True, "sms")


# --- what the telephone may keep ---


def test_keeping_things_on_the_telephone_waits_for_its_script(enter: Enter) -> None:
    assert re.search(r"<section data-device [^>]*hidden", said(enter("adele").get(HERE)))


def test_with_discreet_messages_it_is_not_offered(enter: Enter, adele: Person, as_adele: Actor) -> None:
    actions.set_preferences(adele, by=as_adele, discreet=True)
    assert "data-device" not in said(enter("adele").get(HERE))


APART = "Qui c'è solo quello che tiene il nostro ente. Le associazioni hanno i loro dati: chiedili a loro."


@pytest.mark.parametrize("who", ["adele", "samira", "gianni"])
def test_everybody_is_told_alike_that_associations_answer_for_themselves(enter: Enter, who: str) -> None:
    assert APART in said(enter(who).get(HERE))


@pytest.mark.parametrize("lane", ["", "http://riservato.localhost:8001/"])
def test_what_an_association_keeps_is_in_no_answer_of_ours(enter: Enter, adele: Person, lane: str, settings: Settings) -> None:
    settings.LANE_ADDRESS = lane
    page = said(enter("adele").get(HERE))
    assert (page.count(APART), "riservato" in page) == (1, False)
