"""A list asks the database the same whether it shows one row or three, and never more than fifteen times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.kit import clock
from cortile.listening import actions as listening
from cortile.people import actions as people
from cortile.people import reads
from tests import cast
from tests.agenda.booking import at, booked
from tests.sessions import Enter

# A card asks one thing more than it shows: what ties the reader to the person.
MOST, MOST_OF_A_CARD = 15, 29
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def request(n: int) -> None:
    """Open one more request of Adele."""
    cast.open_request("adele", title=f"Guasto numero {n}")


def answered(n: int) -> None:
    """Open one more request of Adele and answer it."""
    listening.say(cast.open_request("adele", title=f"Guasto numero {n}"), by=cast.at_desk("marta"), text="Arriva il tecnico.")


def closed(n: int) -> None:
    """Open one more request of Adele and close it."""
    listening.close(cast.open_request("adele", title=f"Guasto numero {n}"), by=cast.at_desk("marta"), outcome="withdrawn")


def neighbour(n: int) -> None:
    """Register one more Brambilla on Adele's staircase."""
    stair = cast.person("adele").home_stair
    people.register(
        cast.agency(), by=cast.at_desk("marta"), given_name=f"Rosa {'abc'[n]}", family_name="Brambilla", home_stair=stair
    )


def contact(n: int) -> None:
    """Log one more contact with Adele."""
    listening.record_contact(by=cast.at_desk("marta"), chip="listening", done_what="listened", persons=[cast.person("adele")])


def question(n: int) -> None:
    """Hand one more question over to the rents office."""
    thread = cast.open_request("adele", title=f"Guasto numero {n}")
    listening.hand_over(thread, cast.office(), by=cast.at_desk("marta"), question=f"Domanda {n}?")


def silence(n: int) -> None:
    """Leave one more question unanswered for days."""
    with clock.frozen(cast.NOW - timedelta(days=9)):
        question(n)


def appointment(n: int) -> None:
    """Book one more half hour of Thursday."""
    booked(("adele", "gianni", "samira")[n], starts_at=at(10 + n))


def reading(n: int) -> None:
    """Let one more operator open Adele's card."""
    reads.card(cast.person("adele").pk, by=cast.at_desk(("marta", "paola", "silvia")[n]))


LISTS: list[tuple[str, str, Callable[[int], None]]] = [
    ("marta", "/scrivania/", request),
    ("marta", "/scrivania/", silence),
    ("marta", "/scrivania/richieste/", request),
    ("marta", "/scrivania/richieste/?stato=chiuse", closed),
    ("marta", "/scrivania/cerca/?q=brambilla", neighbour),
    ("marta", "/scrivania/contatto/", contact),
    ("marta", "/scrivania/contatto/chi/?q=brambilla", neighbour),
    ("marta", "/scrivania/agenda/", appointment),
    ("ornella", "/scrivania/ufficio/", question),
    ("paola", "/scrivania/mese/", answered),
    ("adele", "/casa/", request),
    ("adele", "/casa/messaggi/", answered),
]
# Not one list but several, beside a card: the cost of more rows is the same wall, the sum has a height of its own.
CARDS: list[tuple[str, str, Callable[[int], None]]] = [
    ("marta", "/scrivania/persone/{adele}/", request),
    ("marta", "/scrivania/persone/{adele}/", contact),
    ("adele", "/casa/io/", reading),
]


def queries(enter: Enter, who: str, address: str) -> int:
    """Return how many questions a page asks the database."""
    client = enter(who)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum(not q["sql"].startswith(BOOKKEEPING) for q in asked)


def one_and_three(enter: Enter, who: str, address: str, add: Callable[[int], None]) -> tuple[int, int]:
    """Return what a page asks with one row and with three, once whatever is kept between pages is there."""
    path = address.format(adele=cast.person("adele").pk)
    add(0)
    queries(enter, who, path)
    one = queries(enter, who, path)
    add(1)
    add(2)
    return one, queries(enter, who, path)


@pytest.mark.parametrize(("who", "address", "add"), LISTS, ids=[f"{path} {add.__name__}" for _, path, add in LISTS])
def test_three_rows_of_a_list_cost_what_one_costs(enter: Enter, who: str, address: str, add: Callable[[int], None]) -> None:
    one, three = one_and_three(enter, who, address, add)
    assert three == one
    assert one <= MOST


@pytest.mark.parametrize(("who", "address", "add"), CARDS, ids=[f"{path} {add.__name__}" for _, path, add in CARDS])
def test_three_rows_of_a_card_cost_what_one_costs(enter: Enter, who: str, address: str, add: Callable[[int], None]) -> None:
    one, three = one_and_three(enter, who, address, add)
    assert three == one
    assert one <= MOST_OF_A_CARD


def test_a_page_that_asks_once_more_for_each_row_is_noticed(enter: Enter) -> None:
    counted = []
    for rows in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            _ = [cast.person("adele") for _ in range(rows)]
        counted.append(len(asked))
    assert counted == [1, 3]
