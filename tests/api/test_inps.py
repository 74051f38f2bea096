"""What INPS asks and is answered: as its own description says, to INPS alone, of the body it calls and of no other."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from cortile.api.machines import signature
from cortile.benefits import actions as benefits
from cortile.benefits.models import Decision, SiussFlow, SiussOutcome
from cortile.benefits.siuss.outcomes import milliseconds
from cortile.kit import clock
from cortile.kit.models import AuditEvent
from cortile.people import reads as people
from tests import cast
from tests.benefits import inps
from tests.benefits.siuss import schema

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def _pdnd(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VOUCHERS = "adapters.pdnd.vouchers.Vouchers"
    (tmp_path / "keys.json").write_text(inps.keys())
    monkeypatch.setenv("CORTILE_PDND_KEYS", str(tmp_path / "keys.json"))


@pytest.fixture
def decision() -> Decision:
    """Return Adele's decision, paid; who transmits is written."""
    inps.with_code()
    inps.transmits()
    return inps.paid()


def ready(decision: Decision, many: int) -> list[SiussFlow]:
    """Make some flows of one decision, ready to be pulled."""
    return [inps.told(decision, 100 + number, date(2026, 3, 6) + timedelta(days=number)) for number in range(many)]


def names(answer: HttpResponse) -> list[str]:
    """Return the flows of a page, the page being what the description says."""
    said = json.loads(answer.content)
    assert (answer.status_code, answer.headers["Content-Type"], schema.faults("Entries", said)) == (200, "application/json", [])
    return [flow["id_flusso"] for flow in said["elenco_flussi"]]


def problem(answer: HttpResponse) -> tuple[int, list[str]]:
    """Return the code of a problem, and what the description has against it."""
    said = json.loads(answer.content)
    assert (answer.headers["Content-Type"], said["status"]) == (PROBLEM, answer.status_code)
    return answer.status_code, schema.faults("Problem", said)


# --- GET /flussi ---


def test_inps_pulls_what_is_ready(decision: Decision) -> None:
    flows = ready(decision, 3)
    assert names(inps.asks("flussi", since=0)) == [flow.name for flow in flows]


def test_after_the_last_it_has(decision: Decision) -> None:
    first, second = ready(decision, 2)
    assert first.instant
    assert names(inps.asks("flussi", since=milliseconds(first.instant))) == [second.name]


def test_nothing_new_is_an_empty_list(decision: Decision) -> None:
    assert decision.pk
    assert json.loads(inps.asks("flussi", since=10**20).content) == {"elenco_flussi": []}


@pytest.mark.parametrize("name", ["limit", "max_entries"])
def test_no_more_than_it_asks(name: str, decision: Decision) -> None:
    flows = ready(decision, 3)
    assert names(inps.asks("flussi", since=0, **{name: 2})) == [flow.name for flow in flows[:2]]


@pytest.mark.parametrize("state", ["rejected", "replaced"])
def test_what_it_refused_is_not_given_again(state: str, decision: Decision) -> None:
    flow = inps.told(decision)
    inps.answers(inps.outcome(flow.name, "DATI_NON_TROVATI"))
    again: list[str | None] = []
    if state == "replaced":
        again = [benefits.correct_and_resend(flow.pk, by=cast.at_desk("federica"), corrections={"citizenship": "380"}).name]
    assert names(inps.asks("flussi", since=0)) == again


def test_what_is_stopped_is_never_given(decision: Decision) -> None:
    inps.with_code(birth_date=None)
    assert inps.told(decision).state == "blocked"
    assert names(inps.asks("flussi", since=0)) == []


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"since": "ieri"},
        {"since": "-1"},
        {"since": "1.5"},
        {"since": "9" * 30},
        {"since": 0, "limit": 101},
        {"since": 0, "limit": "x"},
    ],
)
def test_a_question_outside_the_description_is_a_problem(query: dict[str, Any], decision: Decision) -> None:
    assert decision.pk
    assert problem(inps.asks("flussi", **query)) == (400, [])


def test_a_pull_costs_the_same_however_many(
    decision: Decision, django_assert_num_queries: DjangoAssertNumQueries, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ready(decision, 1)
    with django_assert_max_num_queries(10) as few:
        inps.asks("flussi", since=0)
    ready(decision, 6)
    with django_assert_num_queries(len(few)):
        inps.asks("flussi", since=0)


def test_a_pull_changes_no_flow_and_leaves_a_trace(decision: Decision) -> None:
    flow = inps.told(decision)
    inps.asks("flussi", since=0)
    flow.refresh_from_db()
    assert (flow.state, AuditEvent.objects.get(what="siuss.taken").thing_id) == ("ready", flow.pk)


def test_the_job_marks_what_was_pulled_and_only_that(decision: Decision, milano: Any) -> None:  # noqa: ANN401 -- a body
    first, second = ready(decision, 2)
    inps.asks("flussi", since=0, limit=1)
    assert benefits.mark_pulled(milano, by=cast.machine()) == 1
    assert dict(SiussFlow.objects.values_list("pk", "state")) == {first.pk: "pulled", second.pk: "ready"}


def test_she_reads_that_inps_was_given_her_data(decision: Decision) -> None:
    inps.told(decision)
    inps.asks("flussi", since=0)
    seen = people.seen_by(cast.person("adele"), by=cast.herself("adele"))
    assert "siuss.taken" in [event.what for event in seen]


# --- POST /esiti ---


def test_an_answer_is_taken_in_and_brought_no_more(decision: Decision) -> None:
    flow = inps.told(decision)
    answer = inps.answers(inps.outcome(flow.name))
    flow.refresh_from_db()
    assert (answer.status_code, answer.content, flow.state) == (204, b"", "accepted")


def test_brought_again_it_is_the_same(decision: Decision) -> None:
    flow = inps.told(decision)
    assert {inps.answers(inps.outcome(flow.name)).status_code for _time in range(3)} == {204}
    assert SiussOutcome.objects.count() == 1


def test_a_name_nobody_knows_does_not_keep_back_the_others(decision: Decision) -> None:
    flow = inps.told(decision)
    assert inps.answers(inps.outcome("F205.PS.20200101.0000009"), inps.outcome(flow.name)).status_code == 204
    flow.refresh_from_db()
    assert (flow.state, SiussOutcome.objects.filter(flow=None).count()) == ("accepted", 1)


def test_words_no_database_keeps_are_kept_without_them(decision: Decision) -> None:
    flow = inps.told(decision)
    assert inps.answers(inps.outcome(flow.name, "DATI_NON_TROVATI", descrizione_esito="no\0 \ud800")).status_code == 204
    flow.refresh_from_db()
    assert flow.reason == "no ?"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"altro": 1}', '{"elenco_esiti": [{}]}', "[" * 100_000, '"\\ud800"'])
def test_a_message_outside_the_description_is_a_problem_and_nothing_is_kept(body: str, decision: Decision) -> None:
    assert decision.pk
    signed = {"Authorization": f"Bearer {inps.voucher()}"}
    answer: Any = Client().post("/api/waas/v1/esiti", body, "application/json", headers=signed)
    assert (problem(answer), SiussOutcome.objects.count()) == ((400, []), 0)


def test_one_wrong_row_keeps_back_all(decision: Decision) -> None:
    flow = inps.told(decision)
    assert problem(inps.answers(inps.outcome(flow.name), inps.outcome(flow.name, "FORSE"))) == (400, [])
    flow.refresh_from_db()
    assert flow.state == "ready"


def test_many_answers_cost_what_one_does(
    decision: Decision, django_assert_num_queries: DjangoAssertNumQueries, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    flows = ready(decision, 6)
    with django_assert_max_num_queries(30) as few:
        inps.answers(inps.outcome(flows[0].name))
    with django_assert_num_queries(len(few)):
        inps.answers(*(inps.outcome(flow.name) for flow in flows[1:]))


# --- GET /status ---


def test_whoever_asks_whether_we_work_is_told() -> None:
    answer: Any = Client().get("/api/waas/v1/status")
    assert problem(answer) == (200, [])


@pytest.mark.parametrize(("address", "method"), [("flussi", "post"), ("esiti", "get"), ("status", "post")])
def test_another_method_is_a_problem_that_names_the_right_one(address: str, method: str, decision: Decision) -> None:
    assert decision.pk
    signed = {"Authorization": f"Bearer {inps.voucher()}"}
    answer: Any = getattr(Client(), method)(f"/api/waas/v1/{address}", headers=signed)
    assert (problem(answer), bool(answer.headers["Allow"])) == ((405, []), True)


# --- who is let in ---


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x.y.z",
        lambda: inps.voucher(client_id="altri"),
        lambda: inps.voucher(aud="servizio-di-nessuno"),
        lambda: inps.voucher(exp=1),
    ],
)
@pytest.mark.parametrize("address", ["flussi", "esiti"])
def test_whoever_is_not_inps_gets_one_answer_and_nothing_else(token: Any, address: str, decision: Decision) -> None:  # noqa: ANN401 -- or how to make one
    inps.told(decision)
    shown = token() if callable(token) else token
    answer = inps.asks("flussi", shown, since=0) if address == "flussi" else inps.answers(inps.outcome("x"), token=shown)
    assert (problem(answer), answer.headers["WWW-Authenticate"], answer.cookies) == ((401, []), "Bearer", {})
    assert json.loads(answer.content) == {"type": "about:blank", "title": "Unauthorized", "status": 401}


def test_without_a_reader_nobody_is_inps(settings: Settings, decision: Decision) -> None:
    settings.VOUCHERS = ""
    inps.told(decision)
    assert inps.asks("flussi", since=0).status_code == 401


def test_a_body_that_names_no_caller_lets_nobody_in(decision: Decision) -> None:
    inps.told(decision)
    inps.transmits(clients=[])
    assert inps.asks("flussi", since=0).status_code == 401


def test_a_session_of_the_office_opens_nothing_here(enter: Any, decision: Decision) -> None:  # noqa: ANN401 -- a signed-in client
    inps.told(decision)
    assert enter("federica").get("/api/waas/v1/flussi?since=0").status_code == 401


def test_the_sms_gateway_is_not_inps_nor_inps_the_gateway(settings: Settings, decision: Decision) -> None:
    settings.SMS_SECRET = "segreto"
    inps.told(decision)
    signed = {"X-Signature": signature(b"segreto", b"")}
    assert Client().get("/api/waas/v1/flussi?since=0", headers=signed).status_code == 401
    as_inps = {"Authorization": f"Bearer {inps.voucher()}"}
    assert Client().post("/api/sms/arrivi/", "{}", "application/json", headers=as_inps).status_code == 401


def test_of_another_body_nothing_is_ever_given(decision: Decision) -> None:
    ours = inps.told(decision)
    inps.with_code("teresa", inps.TERESA, birth_date=date(1950, 1, 1))
    inps.transmits("aler-lodi")
    theirs = inps.paid("teresa")
    benefits.prepare_due(cast.agency("aler-lodi"), by=cast.machine("aler-lodi"))
    given = [names(inps.asks("flussi", inps.voucher(aud=f"servizio-{key}"), since=0)) for key in ("aler-milano", "aler-lodi")]
    assert given == [[ours.name], [SiussFlow.objects.get(decision=theirs).name]]


def test_a_pull_while_the_clock_stands_still_gives_each_once(decision: Decision) -> None:
    flows, had, since = ready(decision, 5), list[str](), 0
    while got := names(inps.asks("flussi", since=since, limit=2)):
        had += got
        since = milliseconds(SiussFlow.objects.get(name=got[-1]).instant or clock.now())
    assert had == [flow.name for flow in flows]
