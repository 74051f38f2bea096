"""Flows to INPS: made from the ledger, stopped before INPS would refuse them, taken back with the money, mended by the office."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from cortile.benefits import actions as benefits
from cortile.benefits import transmissions
from cortile.benefits.models import Decision, SiussFlow, SiussOutcome
from cortile.benefits.siuss import outcomes
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.benefits import inps
from tests.benefits.siuss import schema


@pytest.fixture
def decision() -> Decision:
    """Return Adele's decision, paid this morning; INPS was told nothing yet."""
    inps.with_code()
    inps.transmits()
    return inps.paid()


def states(operation: str = "I") -> list[str]:
    """Return the state of each flow, oldest first."""
    return list(SiussFlow.objects.filter(operation=operation).order_by("pk").values_list("state", flat=True))


def said(flow: SiussFlow) -> str:
    """Return the XML of a flow."""
    return base64.b64decode(flow.content).decode()


def tell(row: dict[str, str]) -> list[str]:
    """Let INPS answer."""
    return benefits.take_in_results(outcomes.read({"elenco_esiti": [row]}), by=inps.inps())


# --- made from what was paid ---


def test_a_payment_is_told_in_a_flow_the_schema_takes(decision: Decision) -> None:
    flow = inps.told(decision)
    assert (flow.state, flow.name, flow.due) == ("ready", "F205.PS.20260311.0000001", date(2026, 3, 26))
    assert schema.takes(base64.b64decode(flow.content))
    assert 'ImportoPrestazione="412.50"' in said(flow)


def test_with_what_the_registry_and_the_attestation_say(decision: Decision) -> None:
    xml = said(inps.told(decision))
    assert all(
        part in xml
        for part in (inps.PROTOCOL, 'Cognome="Brambilla"', 'Genere="2"', 'CodiceComune="015146"', 'DataDSU="2026-01-20"')
    )


def test_a_citizenship_nobody_wrote_is_unknown_and_never_italian(decision: Decision) -> None:
    assert 'CodiceCittadinanza="990"' in said(inps.told(decision))


def test_told_twice_it_is_one_flow(decision: Decision) -> None:
    assert inps.told(decision).pk == inps.told(decision).pk
    assert states() == ["ready"]


def test_the_job_finds_what_was_paid_and_is_idempotent(decision: Decision, milano: object) -> None:
    by = cast.machine()
    assert [benefits.prepare_due(milano, by=by) for _time in range(2)] == [1, 0]  # type: ignore[arg-type]  # a body
    assert SiussFlow.objects.get().decision_id == decision.pk


def test_instants_follow_each_other_though_the_clock_stands(decision: Decision) -> None:
    first = inps.told(decision)
    second = inps.told(decision, 100_00, date(2026, 3, 10))
    assert second.instant - first.instant == timedelta(milliseconds=1)  # type: ignore[operator]  # both may be pulled
    assert second.name == "F205.PS.20260311.0000002"


def test_the_watch_tells_inps_and_then_has_nothing_to_tell(decision: Decision) -> None:
    told = []
    for _minute in range(2):
        call_command("watch", stdout=(out := io.StringIO()))
        told.append("told=1" in out.getvalue())
    assert (told, SiussFlow.objects.get().decision_id) == ([True, False], decision.pk)


@pytest.mark.parametrize("outcome", ["refused", "waiting", "revoked"])
def test_of_who_was_refused_nothing_is_said(outcome: str, federica: Actor) -> None:
    inps.with_code()
    inps.transmits()
    decision = inps.granted(inps.applied(), outcome=outcome)
    with pytest.raises(Refused) as refused:
        benefits.prepare_flow(decision.application_id, decision.pk, 412_50, inps.PAID_ON, by=federica)
    assert (refused.value.code, states()) == ("flow-not-granted", [])


def test_nor_by_the_job_whatever_the_ledger_holds(decision: Decision, milano: object) -> None:
    with scopes.opened(scopes.EVERYTHING):
        decision.application.__class__.objects.filter(pk=decision.application_id).update(outcome="refused")
    assert benefits.prepare_due(milano, by=cast.machine()) == 0  # type: ignore[arg-type]  # a body


def test_nor_with_the_decision_of_another(decision: Decision, federica: Actor) -> None:
    inps.with_code("gianni", "SLAGNN60A01F205")
    other = inps.paid("gianni")
    with pytest.raises(Refused, match="flow-not-granted"):
        benefits.prepare_flow(other.application_id, decision.pk, 100, inps.PAID_ON, by=federica)


def test_nothing_is_said_before_somebody_wrote_who_transmits(federica: Actor) -> None:
    decision = inps.paid()
    with pytest.raises(Refused) as refused:
        benefits.prepare_flow(decision.application_id, decision.pk, 412_50, inps.PAID_ON, by=federica)
    assert refused.value.code == "siuss-not-set"


@pytest.mark.parametrize("wrong", [{"body_code": "ALER"}, {"operator": "RSSMRA"}, {"seat": ""}])
def test_nor_with_a_body_inps_would_not_know(wrong: dict[str, str], milano: object) -> None:
    inps.transmits(**wrong)
    with pytest.raises(Refused) as refused:
        benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    assert refused.value.code == "siuss-not-set"


def test_a_sum_of_nothing_is_refused(decision: Decision) -> None:
    with pytest.raises(Refused, match="sum-missing"):
        inps.told(decision, 0)


@pytest.mark.parametrize("who", ["marta", "paola", "nadia", "ornella"])
def test_it_is_the_office_s_to_tell(who: str, decision: Decision, milano: object) -> None:
    by = cast.at_desk(who)
    with pytest.raises(Refused, match="not-allowed"):
        benefits.prepare_flow(decision.application_id, decision.pk, 412_50, inps.PAID_ON, by=by)
    for act in (benefits.prepare_due, benefits.mark_pulled):
        with pytest.raises(Refused, match="not-allowed"):
            act(milano, by=by)  # type: ignore[arg-type]  # a body


# --- money that comes back ---


def test_money_that_came_back_takes_the_flow_back_in_the_same_words(decision: Decision, milano: object) -> None:
    told = inps.told(decision)
    inps.moved(decision, "return", 412_50, "back")
    benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    back = SiussFlow.objects.get(operation="C")
    assert (back.state, back.cancels_id, back.said, states()) == ("ready", told.pk, told.said, ["ready"])
    assert schema.takes(base64.b64decode(back.content))
    assert said(back).replace('TipoOperazione="C"', 'TipoOperazione="I"').replace(back.name or "", told.name or "") == said(told)


def test_part_of_it_is_taken_back_and_said_anew(decision: Decision, milano: object) -> None:
    inps.told(decision)
    inps.moved(decision, "recover", 100_00, "part")
    benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    sums = list(SiussFlow.objects.order_by("instant").values_list("operation", "amount_cents"))
    assert sums == [("I", 412_50), ("C", 412_50), ("I", 312_50)]
    assert benefits.prepare_due(milano, by=cast.machine()) == 0  # type: ignore[arg-type]  # a body


def test_what_inps_never_took_is_dropped_and_no_work(decision: Decision, milano: object, federica: Actor) -> None:
    inps.with_code("adele", inps.ADELE, fiscal_code="")
    inps.told(decision)
    inps.moved(decision, "return", 412_50, "back")
    benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    assert (states(), states("C"), transmissions.waiting(by=federica)) == (["dropped"], [], 0)


def test_paid_again_it_is_told_again(decision: Decision, milano: object) -> None:
    inps.told(decision)
    inps.moved(decision, "return", 412_50, "back")
    inps.moved(decision, "pay", 412_50, "again", date(2026, 3, 12))
    with clock.frozen(cast.NOW + timedelta(days=1)):
        benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    standing = transmissions.standing_flows().get()
    assert (standing.paid_on, standing.state) == (date(2026, 3, 12), "ready")


# --- stopped by our own checks ---

STOPS: list[tuple[str, Callable[[], object]]] = [
    ("fiscal-code", lambda: inps.with_code(fiscal_code="BRMDLA47E43F205A")),
    ("birth-year", lambda: inps.with_code(birth_date=None)),
    ("fiscal-code-year", lambda: inps.with_code(birth_date=date(1948, 5, 3))),
    ("residence-italian", lambda: inps.transmits(municipalities={})),
    ("benefit-code", lambda: inps.transmits(codes={"energy": "X9.99"})),
    ("name", lambda: inps.with_code(family_name="")),
]


@pytest.mark.parametrize(("code", "spoil"), STOPS, ids=[code for code, _spoil in STOPS])
def test_what_inps_would_refuse_is_stopped_and_becomes_work(
    code: str, spoil: Callable[[], object], decision: Decision, federica: Actor
) -> None:
    spoil()
    flow = inps.told(decision)
    assert (flow.state, flow.name, flow.instant, flow.content) == ("blocked", None, None, "")
    assert code in {problem["code"] for problem in flow.problems if problem["blocks"]}
    assert transmissions.desk(by=federica).to_mend == [flow]


def test_what_is_stopped_takes_no_name_and_no_instant_from_the_next(decision: Decision) -> None:
    inps.with_code(birth_date=None)
    inps.told(decision)
    inps.with_code()
    assert inps.told(decision, 1_00, date(2026, 3, 9)).name == "F205.PS.20260311.0000001"


def test_mended_it_leaves_with_a_later_instant(decision: Decision, federica: Actor) -> None:
    inps.with_code(birth_date=None)
    stopped = inps.told(decision)
    sent = benefits.correct_and_resend(stopped.pk, by=federica, corrections={"birth_year": "1947"})
    assert (sent.state, sent.mended, states()) == ("ready", ["birth_year"], ["replaced", "ready"])
    assert schema.takes(base64.b64decode(sent.content))


def test_what_the_registry_mended_arrives_by_itself(decision: Decision, federica: Actor) -> None:
    inps.with_code(birth_date=None)
    stopped = inps.told(decision)
    inps.with_code()
    assert benefits.correct_and_resend(stopped.pk, by=federica, corrections={}).state == "ready"


def test_mended_badly_it_waits_again(decision: Decision, federica: Actor) -> None:
    inps.with_code(birth_date=None)
    again = benefits.correct_and_resend(inps.told(decision).pk, by=federica, corrections={"birth_year": "1850"})
    assert (again.state, transmissions.waiting(by=federica)) == ("blocked", 1)


def test_what_was_mended_once_is_not_typed_again(decision: Decision, federica: Actor) -> None:
    inps.with_code(birth_date=None)
    benefits.correct_and_resend(inps.told(decision).pk, by=federica, corrections={"birth_year": "1947"})
    assert inps.told(decision, 1_00, date(2026, 3, 9)).state == "ready"


def test_the_same_words_are_not_sent_again(decision: Decision, federica: Actor) -> None:
    inps.with_code(birth_date=None)
    stopped = inps.told(decision)
    with pytest.raises(Refused) as refused:
        benefits.correct_and_resend(stopped.pk, by=federica, corrections={"birth_year": " "})
    assert (refused.value.code, states()) == ("flow-unchanged", ["blocked"])


def test_what_goes_well_is_not_mended(decision: Decision, federica: Actor) -> None:
    with pytest.raises(Refused) as refused:
        benefits.correct_and_resend(inps.told(decision).pk, by=federica, corrections={"birth_year": "1948"})
    assert refused.value.code == "flow-not-to-mend"


@pytest.mark.parametrize("who", ["marta", "paola", "nadia", "luca"])
def test_nobody_else_mends_or_knows_of_it(who: str, decision: Decision) -> None:
    with pytest.raises(NotVisible):
        benefits.correct_and_resend(inps.told(decision).pk, by=cast.at_desk(who), corrections={})


def test_a_flow_that_was_written_never_changes(decision: Decision) -> None:
    flow = inps.told(decision)
    with pytest.raises(DatabaseError, match="never changes"), scopes.opened(scopes.EVERYTHING):
        SiussFlow.objects.filter(pk=flow.pk).update(amount_cents=1)


# --- what INPS answers ---


def test_an_acceptance_is_kept_with_inps_s_number(decision: Decision) -> None:
    flow = inps.told(decision)
    assert tell(inps.outcome(flow.name)) == []
    flow.refresh_from_db()
    assert (flow.state, flow.siuss_id, flow.answered_at) == ("accepted", "22738", cast.NOW)


def test_a_refusal_comes_back_as_work_with_its_reason(decision: Decision, federica: Actor) -> None:
    flow = inps.told(decision)
    tell(inps.outcome(flow.name, "DATI_NON_TROVATI"))
    (work,) = transmissions.desk(by=federica).to_mend
    assert (work.pk, work.reason, work.reason_said) == (
        flow.pk,
        "Dati incoerenti",
        "INPS dice che questi dati non tornano con i suoi.",
    )


def test_the_same_answer_twice_is_one(decision: Decision) -> None:
    flow = inps.told(decision)
    for _time in range(2):
        tell(inps.outcome(flow.name, "RICHIESTA_INVALIDA"))
    assert (SiussOutcome.objects.count(), states()) == (1, ["rejected"])


def test_of_two_answers_the_later_stands_however_they_arrive(decision: Decision) -> None:
    flow = inps.told(decision)
    tell(inps.outcome(flow.name, at="2026-03-12T11:00:00.000Z"))
    tell(inps.outcome(flow.name, "ERRORE_GENERICO", at="2026-03-12T10:00:00.000Z"))
    assert states() == ["accepted"]


def test_an_answer_about_a_corrected_flow_changes_nothing_now(decision: Decision, federica: Actor) -> None:
    flow = inps.told(decision)
    tell(inps.outcome(flow.name, "DATI_NON_TROVATI"))
    benefits.correct_and_resend(flow.pk, by=federica, corrections={"citizenship": "380"})
    tell(inps.outcome(flow.name, "OK", at="2026-03-13T10:00:00.000Z"))
    assert states() == ["replaced", "ready"]


def test_a_fault_of_inps_s_own_is_answered_with_the_same_words(decision: Decision, federica: Actor) -> None:
    flow = inps.told(decision)
    tell(inps.outcome(flow.name, "ERRORE_GENERICO"))
    assert benefits.correct_and_resend(flow.pk, by=federica, corrections={}).said == flow.said


def test_refused_after_the_money_came_back_it_is_no_work(decision: Decision, milano: object, federica: Actor) -> None:
    flow = inps.told(decision)
    inps.moved(decision, "return", 412_50, "back")
    benefits.prepare_due(milano, by=cast.machine())  # type: ignore[arg-type]  # a body
    tell(inps.outcome(flow.name, "DATI_NON_TROVATI"))
    tell(inps.outcome(SiussFlow.objects.get(operation="C").name, "DATI_NON_TROVATI"))
    assert transmissions.waiting(by=federica) == 0


def test_a_name_that_is_none_of_ours_is_kept_and_told(decision: Decision, federica: Actor) -> None:
    assert decision.pk
    assert tell(inps.outcome("F205.PS.20200101.0000001")) == ["F205.PS.20200101.0000001"]
    assert [stray.flow_name for stray in transmissions.desk(by=federica).strays] == ["F205.PS.20200101.0000001"]


def test_another_body_s_flow_is_none_of_ours(decision: Decision) -> None:
    flow = inps.told(decision)
    row = outcomes.read({"elenco_esiti": [inps.outcome(flow.name)]})
    assert benefits.take_in_results(row, by=inps.inps("aler-lodi")) == [flow.name]
    assert states() == ["ready"]


@pytest.mark.parametrize("who", ["federica", "nadia"])
def test_only_inps_answers(who: str) -> None:
    with pytest.raises(NotVisible):
        benefits.take_in_results(outcomes.read({}), by=cast.at_desk(who))


# --- who transmits ---


@pytest.mark.parametrize("who", ["marta", "paola", "ornella"])
def test_who_transmits_is_not_everybody_s_to_write(who: str, milano: object) -> None:
    with pytest.raises(Refused) as refused:
        benefits.set_siuss(milano, by=cast.at_desk(who), body_code="F205")  # type: ignore[arg-type]  # a body
    assert refused.value.code == "not-allowed"


def test_nor_that_of_another_body(lodi: object) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        benefits.set_siuss(lodi, by=cast.at_desk("federica"), body_code="E648")  # type: ignore[arg-type]  # a body


def test_two_bodies_have_not_one_service(milano: object) -> None:
    inps.transmits()
    with pytest.raises(Refused) as refused:
        inps.transmits("aler-lodi", audience="servizio-aler-milano")
    assert refused.value.code == "audience-taken"


def test_her_own_page_of_who_looked_names_inps(decision: Decision) -> None:
    inps.told(decision)
    transmissions.pulled(since_ms=0, limit=10, by=inps.inps())
    left = AuditEvent.objects.get(what="siuss.taken")
    assert (left.agent_name, list(left.subjects.values_list("person_id", flat=True))) == ("INPS", [cast.person("adele").pk])
