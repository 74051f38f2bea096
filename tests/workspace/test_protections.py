"""What the rents office writes beside a debt, on the page of the question it was asked."""

from __future__ import annotations

import pytest

from cortile.accounts.models import Protection
from cortile.listening import actions as listening
from cortile.listening.models import HandOver
from tests import cast
from tests.accounts.owing import account_of, planned
from tests.sessions import Enter

PLAN = {"kind": "plan", "until": "31/10/2026", "instalment": "82,50", "once": "k"}


@pytest.fixture
def asked() -> HandOver:
    """Return the question about the rent of Gianni, who owes."""
    account_of()
    thread = cast.open_request("gianni", chip="rent", title="Affitto")
    return listening.hand_over(thread, cast.office(), by=cast.at_desk("marta"), question="Quanto deve?")


def write(enter: Enter, question: HandOver, act: str = "proteggi", **sent: object) -> int:
    """Send an act of the question's page as Ornella; return how it answered."""
    return enter("ornella").post(f"/scrivania/ufficio/{question.pk}/{act}/", PLAN | sent).status_code


def test_a_plan_is_written_to_the_cent(enter: Enter, asked: HandOver) -> None:
    assert write(enter, asked) == 302
    row = Protection.objects.get()
    assert (row.kind, row.instalment_cents, row.said_by) == ("plan", 8_250, "Ornella V.")


def test_it_stands_beside_the_debt_at_the_office_and_at_the_desk(enter: Enter, asked: HandOver) -> None:
    write(enter, asked)
    for page in (f"/scrivania/ufficio/{asked.pk}/", f"/scrivania/persone/{cast.person('gianni').pk}/"):
        who = "ornella" if "ufficio" in page else "marta"
        cast.in_front("marta", "gianni")
        assert "Piano di rate" in enter(who).get(page).content.decode()


def test_an_application_needs_no_instalment(enter: Enter, asked: HandOver) -> None:
    assert write(enter, asked, kind="application", until="", instalment="") == 302


def test_a_plan_without_an_instalment_comes_back(enter: Enter, asked: HandOver) -> None:
    assert write(enter, asked, instalment="") == 409
    assert not Protection.objects.exists()


def test_an_amount_that_is_none_is_explained(enter: Enter, asked: HandOver) -> None:
    answer = enter("ornella").post(f"/scrivania/ufficio/{asked.pk}/proteggi/", PLAN | {"instalment": "poco"})
    assert answer.status_code == 422
    assert "Scrivi euro e centesimi" in answer.content.decode()


def test_it_ends_with_a_reason(enter: Enter, asked: HandOver) -> None:
    write(enter, asked)
    assert write(enter, asked, "fine-protezione", protection=str(Protection.objects.get().pk), reason="Ha pagato") == 302
    assert not Protection.objects.get().stands


def test_the_end_of_another_contracts_plan_is_not_offered(enter: Enter, asked: HandOver) -> None:
    other = planned(account_of("adele"))
    assert write(enter, asked, "fine-protezione", protection=str(other.pk), reason="No") == 422


def test_where_the_office_sees_no_rent_nothing_is_written(enter: Enter) -> None:
    account_of()
    thread = cast.open_request("gianni")
    question = listening.hand_over(thread, cast.office(), by=cast.at_desk("marta"), question="Chi viene?")
    assert write(enter, question) == 404
    assert "proteggi" not in enter("ornella").get(f"/scrivania/ufficio/{question.pk}/").content.decode()
