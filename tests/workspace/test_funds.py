"""The envelopes' pages: what there is, who is in line by number, the list that may be published, and how far requests got."""

from __future__ import annotations

import pytest

from cortile.benefits import funds
from cortile.benefits.models import Application, Decision, Envelope
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible
from cortile.kit.small_cells import Hidden
from tests import cast
from tests.benefits import money, notices
from tests.benefits.queues import withdrawn
from tests.benefits.test_lists import closed, drawn, waiting
from tests.sessions import Enter

ALL = "/scrivania/contributi/fondi/"


def page(envelope: Envelope) -> str:
    """Return the address of an envelope."""
    return f"{ALL}{envelope.pk}/"


def test_each_envelope_is_a_bar_with_its_numbers(enter: Enter) -> None:
    version = notices.published(strategy="first_come")
    money.envelope(version, 1_000_00)
    money.applied(version)
    said = enter("federica").get(ALL).content.decode()
    assert ("<svg" in said, "1.000 euro" in said, "587,50 euro" in said, "412,50 euro" in said) == (True, True, True, True)


def test_the_line_is_told_by_number_and_never_by_name(enter: Enter) -> None:
    _, envelope, made = waiting(500_00)
    said = enter("federica").get(page(envelope)).content.decode()
    assert (str(made["adele"].number) in said, "Brambilla" in said, "provvisorio" in said) == (True, False, True)


def test_the_office_opens_one_for_a_call(enter: Enter) -> None:
    version = notices.published()
    told = {"code": "L1", "fund": "FSE+", "call": version.call_id, "unconfirmed": "il riparto"}
    enter("federica").post(ALL, told)
    assert Envelope.objects.get(call=version.call).unconfirmed == "il riparto"


def test_money_is_added_with_its_reason(enter: Enter) -> None:
    _, envelope, _ = waiting(500_00)
    enter("federica").post(page(envelope), {"act": "add", "cents": "25.200", "reason": "delibera"})
    assert funds.envelope(envelope.pk, by=cast.at_desk("federica")).allocated == 25_700_00


@pytest.mark.parametrize("typed", ["tanti", "", "1,234", "-5"])
def test_a_sum_nobody_understands_is_refused(typed: str, enter: Enter) -> None:
    _, envelope, _ = waiting(500_00)
    answer = enter("federica").post(page(envelope), {"act": "add", "cents": typed, "reason": "delibera"})
    assert answer.status_code == 422


def test_the_lead_looks_and_changes_nothing(enter: Enter) -> None:
    _, envelope, _ = waiting(500_00)
    answer = enter("paola").post(page(envelope), {"act": "add", "cents": "1", "reason": "x"})
    assert (answer.status_code, "Aggiungi fondi" in answer.content.decode()) == (422, False)


def test_the_list_is_drawn_from_the_page(enter: Enter) -> None:
    version, envelope, made = waiting(500_00)
    with closed():
        enter("federica").post(page(envelope), {"act": "draw"})
    said = enter("paola").get(f"{page(envelope)}lista/").content.decode()
    assert (version.call.code in said, str(made["samira"].number) in said, "Haddad" in said) == (True, True, False)


def test_while_the_call_is_open_the_page_says_no(enter: Enter) -> None:
    _, envelope, _ = waiting(500_00)
    answer = enter("federica").post(page(envelope), {"act": "draw"})
    assert (answer.status_code, "ancora aperto" in answer.content.decode()) == (422, True)


def test_a_list_is_made_void_from_the_page(enter: Enter) -> None:
    version, envelope, _ = waiting(500_00)
    drawn(version)
    enter("federica").post(page(envelope), {"act": "void", "reason": "un errore"})
    assert "La lista non è ancora fatta." in enter("federica").get(f"{page(envelope)}lista/").content.decode()


def test_a_button_that_is_not_there_is_not_there_either(enter: Enter) -> None:
    assert enter("federica").post(page(waiting(1)[1]), {"act": "spend"}).status_code == 404


def test_another_body_finds_no_envelope() -> None:
    with pytest.raises(NotVisible):
        funds.envelope(waiting(1)[1].pk, by=cast.at_desk("luca"))


# --- how far requests got ---


def refused(application: Application, failed: int) -> None:
    """Refuse an application for what failed, one bit a requirement."""
    with scopes.opened(scopes.EVERYTHING):
        Decision.objects.create(
            agency_id=application.agency_id, application=application, number=1, version=application.version, figures={}, facts={},
            failed=failed, outcome="refused", proposed_at=clock.now(), decided_at=clock.now(), proposed_by=cast.staff("federica"),
            decided_by=cast.staff("paola"),
        )  # fmt: skip
        Application.objects.filter(pk=application.pk).update(state="decided", outcome="refused")


def test_few_are_never_counted_aloud() -> None:
    version, _, _ = waiting(500_00)
    steps = funds.funnel(version.call_id, by=cast.at_desk("federica"))
    assert [funds.filled(step.many) for step in steps][:2] == ["0", "meno di 5"]


def test_nor_are_a_few_reasons() -> None:
    version, _, made = waiting(500_00)
    refused(made["adele"], 0b10)
    (reason,) = funds.reasons(version.call_id, by=cast.at_desk("federica"))
    assert (reason.label, isinstance(reason.many, Hidden)) == (version.rule.requirements[1].label, True)


def test_what_was_taken_back_is_no_reason() -> None:
    version, _, made = waiting(500_00)
    withdrawn(made["adele"])
    assert funds.reasons(version.call_id, by=cast.at_desk("federica")) == []


def test_the_call_s_page_shows_the_way(enter: Enter) -> None:
    version, _, _ = waiting(500_00)
    said = enter("paola").get(f"/scrivania/contributi/avvisi/{version.pk}/").content.decode()
    assert ("Dalla domanda ai soldi" in said, "Prima chi ha l&#x27;ISEE più basso" in said) == (True, True)


def test_whoever_sees_no_calls_finds_nothing() -> None:
    version, _, _ = waiting(500_00)
    with pytest.raises(NotVisible):
        funds.funnel(version.call_id, by=cast.at_desk("marta"))
