"""S15: the rule beside the data, one tap an act, the next file by itself; second signatures; sums worked out again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, Datum, Decision
from cortile.kit import clock
from tests import cast
from tests.benefits import files, money, notices
from tests.sessions import Enter

QUEUE, SIGN, AGAIN = "/scrivania/contributi/domande/", "/scrivania/contributi/firme/", "/scrivania/contributi/ricalcolo/"


def page(row: Application) -> str:
    """Return the address of a file."""
    return f"{QUEUE}{row.number}/"


def said(enter: Enter, who: str, address: str) -> str:
    """Return a page as somebody reads it."""
    return enter(who).get(address).content.decode()


def test_the_page_shows_rule_datum_source_and_result(enter: Enter) -> None:
    text = said(enter, "federica", page(files.arrived()))
    wanted = ("non supera 15.000", "12.400 euro", "dichiarato", "va bene", "412,50", "Proponi: ACCOLTA", "nessuna quest'anno")
    assert [part for part in wanted if part not in text] == []


def test_one_tap_proposes_and_opens_the_next_file(enter: Enter) -> None:
    row = files.arrived()
    other = money.applied(row.version, "gianni")
    answer = enter("federica").post(page(row), {"act": "proponi-si"})
    assert answer.headers["Location"].startswith(page(other))
    assert Decision.objects.get(application=row).state == "proposed"


def test_after_the_last_file_the_queue_comes_back(enter: Enter) -> None:
    row = files.arrived()
    enter("federica").post(page(row), {"act": "proponi-si"})
    assert Application.objects.get(pk=row.pk).state == "proposed"


def test_what_she_would_read_stands_on_the_page(enter: Enter) -> None:
    assert "Ricevi 412,50 euro." in said(enter, "federica", page(files.arrived()))


def test_a_no_offers_the_notice_before_itself(enter: Enter) -> None:
    text = said(enter, "federica", page(files.arrived(**files.RICH)))
    assert ("Avvisa prima del no" in text, "Proponi: NON ACCOLTA" in text, "Differenza:" in text) == (True, False, True)


def test_a_paper_that_was_brought_is_opened_from_its_file(enter: Enter) -> None:
    row = files.arrived()
    paper = files.with_a_paper(row)
    address = f"{page(row)}carte/{paper.pk}/"
    assert address in said(enter, "federica", page(row))
    assert enter("federica").get(address).headers["Content-Type"] == "image/jpeg"


def test_another_file_s_paper_is_not_there(enter: Enter) -> None:
    row = files.arrived()
    other = money.applied(row.version, "gianni")
    assert enter("federica").get(f"{page(other)}carte/{files.with_a_paper(row).pk}/").status_code == 404


def test_inps_answers_for_the_thresholds_and_the_sum_stays_with_it(enter: Enter) -> None:
    row = files.arrived(isee=None)
    told = {"below_ceiling": "yes", "above_floor": "yes", "discrepancies": "no", "protocol": "INPS-ISEE-2026-12345678X-00"}
    enter("federica").post(page(row), {"act": "isee-soglie", **told})
    assert "va bene" in said(enter, "federica", page(row))
    assert not Datum.objects.filter(application=row, name="isee").latest("pk").exact


def test_a_wrong_attestation_number_is_said_and_nothing_is_written(enter: Enter) -> None:
    row = files.arrived()
    answer = enter("federica").post(page(row), {"act": "isee-numero", "protocol": "12"})
    assert (answer.status_code, Datum.objects.filter(evidence="12").exists()) == (422, False)


def test_what_is_missing_is_asked_with_its_name_filled_in(enter: Enter) -> None:
    row = files.arrived(isee=None)
    assert 'value="ISEE"' in said(enter, "federica", page(row) + "?atto=documenti")
    enter("federica").post(page(row), {"act": "documenti", "which": "ISEE", "text": "", "days": "20"})
    assert Application.objects.get(pk=row.pk).state == "documents"


@pytest.mark.parametrize(("name", "typed", "value"), [("isee", "11.000,50", 11_000_50), ("band", "accesso", 1), ("isee", "", None)])
def test_a_datum_is_put_right_as_it_is_typed(name: str, typed: str, value: int | None, enter: Enter) -> None:
    row = files.arrived()
    enter("federica").post(page(row), {"act": "dato", "name": name, "value": typed, "source": "attestazione", "reason": "letta"})
    assert Datum.objects.filter(application=row, name=name).latest("pk").value == value


def test_a_value_nobody_can_read_comes_back_with_a_sentence(enter: Enter) -> None:
    row = files.arrived()
    answer = enter("federica").post(page(row), {"act": "dato", "name": "isee", "value": "tanti", "source": "x", "reason": "y"})
    assert (answer.status_code, "Questo valore non si legge" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("act", ["", "cancella"])
def test_an_act_that_is_not_there_is_not_there(act: str, enter: Enter) -> None:
    assert enter("federica").post(page(files.arrived()), {"act": act}).status_code == 404


def test_who_signs_sees_the_two_answers_and_nothing_else(enter: Enter) -> None:
    row = files.arrived()
    files.proposed(row)
    text = said(enter, "paola", page(row))
    assert ("Firma: la seconda firma" in text, "Rimanda indietro" in text, "Chiedi documenti" in text) == (True, True, False)


def test_the_list_of_signatures_says_whose_it_is_not(enter: Enter) -> None:
    files.proposed(files.arrived())
    assert "firma un'altra persona" in said(enter, "federica", SIGN)
    assert "firma un'altra persona" not in said(enter, "paola", SIGN)


def test_signed_with_one_tap(enter: Enter) -> None:
    row = files.arrived()
    files.proposed(row)
    enter("paola").post(page(row), {"act": "firma"})
    assert Application.objects.get(pk=row.pk).outcome == "granted"


def test_one_s_own_proposal_is_refused_with_a_sentence(enter: Enter) -> None:
    row = files.arrived()
    files.proposed(row)
    answer = enter("federica").post(page(row), {"act": "firma"})
    assert (answer.status_code, "Chi propone un esito non lo firma." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wanted", "there"), [("", True), ("da-esaminare", True), ("documenti", False), ("nuovo-esame", False), ("boh", True)]
)
def test_the_queue_keeps_what_one_asks_for(wanted: str, there: bool, enter: Enter) -> None:
    row = files.arrived()
    assert (str(row.number) in said(enter, "federica", f"{QUEUE}?stato={wanted}")) is there


def test_a_file_past_its_day_says_that_it_is_late(enter: Enter) -> None:
    files.arrived()
    with clock.frozen(cast.NOW + timedelta(days=40)):
        assert "in ritardo" in said(enter, "federica", QUEUE)


@pytest.mark.parametrize("who", ["marta", "silvia", "nadia", "luca"])
def test_nobody_else_opens_a_file(who: str, enter: Enter) -> None:
    assert enter(who).get(page(files.arrived())).status_code == 404


# --- worked out again ---


def corrected(row: Application) -> None:
    """Put right what the sum of a decided application rests on: 800 euro instead of 825."""
    acts.correct_datum(row.pk, by=files.federica(), name="due", value=800_00, source="conti", reason="Bolletta corretta.")


def test_what_changes_is_shown_with_its_sign_before_anybody_signs(enter: Enter) -> None:
    row = files.arrived()
    files.decided(row)
    corrected(row)
    text = said(enter, "federica", f"{AGAIN}?call={row.call_id}")
    assert ("412,50" in text, "-12,50" in text, Decision.objects.count()) == (True, True, 1)


def test_it_is_proposed_from_the_page(enter: Enter) -> None:
    row = files.arrived()
    files.decided(row)
    corrected(row)
    answer = enter("federica").post(AGAIN, {"call": row.call_id, "version": "", "reason": "La bolletta era sbagliata."})
    assert (answer.headers["Location"], Decision.objects.filter(kind="correction").count()) == (SIGN, 1)


def test_without_a_reason_nothing_is_proposed(enter: Enter) -> None:
    row = files.arrived()
    files.decided(row)
    corrected(row)
    assert enter("federica").post(AGAIN, {"call": row.call_id, "version": "", "reason": ""}).status_code == 422


def test_another_text_may_be_tried(enter: Enter) -> None:
    row = files.arrived()
    files.decided(row)
    rule = notices.rule("energy")
    rule["parameters"][3]["values"][0]["value"] = 400_00
    newer = files.publish(notices.drafted(rule=rule))
    assert "-12,50" in said(enter, "federica", f"{AGAIN}?call={row.call_id}&version={newer.pk}")
