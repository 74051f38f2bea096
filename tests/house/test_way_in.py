"""What the ways in must not tell, nor let through: sign-in, languages, links, forms from elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast

DOOR = "/casa/entra/"


def _work(card: str, code: str) -> tuple[int, list[str]]:
    """Return how a sign-in ends and the statements it took, without their values."""
    with CaptureQueriesContext(connection) as done:
        answer = Client().post(DOOR, {"card": card, "code": code})
    said = [q["sql"] for q in done.captured_queries if "SAVEPOINT" not in q["sql"]]
    return answer.status_code, [re.sub(r"'[^']*'|\d+", "?", sql) for sql in said]


def test_a_card_nobody_has_takes_the_same_work(adele: Person, marta: Actor) -> None:
    code = people.issue_paper_code(adele, by=marta)[1]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    works = [_work(adele.card_number, wrong), _work("99999999", wrong)]
    with clock.frozen(cast.NOW + timedelta(days=31)):
        works.append(_work(adele.card_number, code))
    assert works[0] == works[1] == works[2]


def test_guesses_sent_all_at_once_are_counted_one_by_one(adele: Person, marta: Actor) -> None:
    people.issue_paper_code(adele, by=marta)
    _status, statements = _work(adele.card_number, "1")
    assert any("people_signincode" in sql and sql.endswith("FOR UPDATE") for sql in statements)


def test_a_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.get("/", {"lingua": "it"}, PATH_INFO="//example.org/")
    assert answer.headers["Location"] == "/%2Fexample.org/"
