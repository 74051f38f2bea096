"""The office's page about INPS: what to mend first, with INPS's reason; who transmits, with what is to be confirmed."""

from __future__ import annotations

import pytest

from cortile.benefits import actions as benefits
from cortile.benefits import transmissions
from cortile.benefits.models import Decision, SiussFlow
from cortile.benefits.siuss import outcomes
from cortile.kit import scopes
from cortile.kit.models import AuditEvent
from cortile.listening.models import Thread
from cortile.people import reads as people
from tests import cast
from tests.benefits import inps
from tests.sessions import Enter

LIST, BODY = "/scrivania/contributi/siuss/", "/scrivania/contributi/siuss/ente/"


@pytest.fixture
def decision() -> Decision:
    """Return Adele's decision, paid; who transmits is written."""
    inps.with_code()
    inps.transmits()
    return inps.paid()


def refused(decision: Decision) -> SiussFlow:
    """Return a flow INPS has refused."""
    flow = inps.told(decision)
    said = outcomes.read({"elenco_esiti": [inps.outcome(flow.name, "DATI_NON_TROVATI")]})
    benefits.take_in_results(said, by=inps.inps())
    return flow


def test_a_refusal_stands_first_in_plain_words(enter: Enter, decision: Decision) -> None:
    refused(decision)
    said = enter("federica").get(LIST).content.decode()
    assert all(word in said for word in ("Da correggere (1)", "respinto da INPS", "non tornano con i suoi", "Dati incoerenti"))


def test_what_is_stopped_says_what_to_mend(enter: Enter, decision: Decision) -> None:
    inps.with_code(birth_date=None)
    inps.told(decision)
    assert "Controlla l&#x27;anno di nascita" in enter("federica").get(LIST).content.decode()


def test_mended_on_its_page_it_leaves_again(enter: Enter, decision: Decision) -> None:
    flow = refused(decision)
    said = {**flow.said, "citizenship": "380"}
    answer = enter("federica").post(f"{LIST}{flow.pk}/", said)
    new = SiussFlow.objects.get(replaces=flow)
    assert (answer.status_code, answer.headers["Location"], new.state) == (302, f"{LIST}{new.pk}/", "ready")


def test_nothing_changed_is_refused_with_a_sentence(enter: Enter, decision: Decision) -> None:
    flow = refused(decision)
    answer = enter("federica").post(f"{LIST}{flow.pk}/", flow.said)
    assert (answer.status_code, "Correggi almeno un dato" in answer.content.decode()) == (422, True)


def test_payments_nobody_told_are_looked_for(enter: Enter, decision: Decision) -> None:
    enter("federica").post(LIST)
    assert SiussFlow.objects.get().decision_id == decision.pk


def test_without_who_transmits_it_says_so(enter: Enter) -> None:
    client = enter("federica")
    assert "Prima scrivi chi trasmette" in client.get(LIST).content.decode()
    assert client.post(LIST).status_code == 422


def test_who_transmits_is_written_and_read_back(enter: Enter) -> None:
    client = enter("nadia")
    sent = {
        "sender": "aler", "body_code": "F205", "body_name": "ALER", "seat": "F205", "operator": inps.code("VRDRNL71E43F205"),
        "region": "10", "deadline_days": "15", "codes": "energy = A1.05", "municipalities": "Milano = 015146",
        "audience": "servizio", "clients": "inps\n", "unconfirmed": ["codes"],
    }  # fmt: skip
    assert client.post(BODY, sent).status_code == 302
    kept = transmissions.settings_of(cast.agency().pk)
    assert kept is not None
    assert (kept.codes, kept.municipalities, kept.clients) == ({"energy": "A1.05"}, {"milano": "015146"}, ["inps"])
    assert "Il codice della prestazione di ogni contributo." in client.get(BODY).content.decode()


@pytest.mark.parametrize("wrong", [{"codes": "energy = X9"}, {"municipalities": "Milano = 15146"}, {"deadline_days": "0"}])
def test_a_wrong_line_is_refused(wrong: dict[str, str], enter: Enter) -> None:
    right = {
        "sender": "aler",
        "body_code": "F205",
        "body_name": "A",
        "seat": "F205",
        "operator": "x",
        "region": "10",
        "deadline_days": "15",
    }
    assert enter("federica").post(BODY, right | wrong).status_code == 422


def test_everything_is_to_be_confirmed_at_first(enter: Enter) -> None:
    said = enter("federica").get(BODY).content.decode()
    assert all(word in said for word in ("Da confermare", "Chi trasmette: questo ente", "I giorni per trasmettere: 15."))


@pytest.mark.parametrize("who", ["marta", "paola", "ornella", "nadia"])
def test_nobody_else_finds_the_list(who: str, enter: Enter, decision: Decision) -> None:
    flow = inps.told(decision)
    assert [enter(who).get(page).status_code for page in (LIST, f"{LIST}{flow.pk}/")] == [404, 404]


def test_another_body_s_flow_is_not_there(enter: Enter) -> None:
    inps.transmits("aler-lodi")
    theirs = inps.paid("teresa")
    benefits.prepare_due(cast.agency("aler-lodi"), by=cast.machine("aler-lodi"))
    flow = SiussFlow.objects.get(decision=theirs)
    assert enter("federica").get(f"{LIST}{flow.pk}/").status_code == 404


def test_an_application_told_in_person_only_is_on_no_phone(enter: Enter, decision: Decision) -> None:
    inps.told(decision)
    enter("federica").get(LIST)
    transmissions.pulled(since_ms=0, limit=10, by=inps.inps())
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk=decision.application.thread_id).update(only_in_person=True)
    enter("federica").get(LIST)
    seen = people.seen_by(cast.person("adele"), by=cast.herself("adele"))
    assert AuditEvent.objects.filter(what="siuss.listed", sealed=True).count() == 1
    assert not {event.what for event in seen} & {"siuss.taken", "siuss.prepared", "siuss.read"}
