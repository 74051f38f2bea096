"""«Chi ha visto i tuoi dati» on paper: whole, in her language, with what no phone shows and nothing delicate."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.listening import actions as listening
from cortile.listening import reads
from cortile.people import actions as people
from cortile.people import reads as persons
from cortile.people.models import Person
from tests import cast
from tests.sessions import Enter


def _sheet(enter: Enter, key: str = "adele", who: str = "marta") -> Any:  # noqa: ANN401 -- a response of the test client
    """Print it for somebody who stands in front."""
    if who != "sara":
        people.open_in_front(cast.person(key), by=cast.at_desk(who))
    return enter(who).get(f"/scrivania/persone/{cast.person(key).pk}/chi-ha-visto.pdf")


def _text(answer: Any) -> str:  # noqa: ANN401 -- as above
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_who_when_and_what(enter: Enter, adele: Person, paola: Actor) -> None:
    persons.card(adele.pk, by=paola)
    found = _text(_sheet(enter))
    assert "mercoledì 11 marzo" in found
    assert "Paola, responsabile, ha aperto la tua scheda." in found


def test_it_never_says_whose_it_is(enter: Enter, adele: Person, paola: Actor) -> None:
    persons.card(adele.pk, by=paola)
    assert "Adele" not in _text(_sheet(enter))
    assert "Brambilla" not in _text(_sheet(enter))


def test_with_only_in_person_the_paper_is_the_one_place(enter: Enter, adele: Person, marta: Actor, as_adele: Actor) -> None:
    people.choose_in_person(adele, by=marta, only_in_person=True)
    reads.whole(cast.open_request(by=marta).number, by=marta)
    assert persons.seen_by(cast.person("adele"), by=as_adele) == []
    assert "ha letto una tua richiesta per seguirla" in _text(_sheet(enter))


def _worked_on(marta: Actor, *, delicate: bool) -> None:
    """Search, open and follow a request as one does."""
    persons.find("adele", by=marta)
    thread = cast.open_request(by=marta)
    if delicate:
        listening.mark_delicate(thread, by=marta)
    reads.whole(thread.number, by=marta)
    reads.today_of(by=marta)


def test_nothing_delicate_stands_on_it(enter: Enter, marta: Actor) -> None:
    _worked_on(marta, delicate=True)
    with clock.frozen(cast.NOW + timedelta(hours=3)):
        found = _text(_sheet(enter))
    assert "richiesta" not in found
    assert "cercando" not in found
    assert "ha aperto la tua scheda mentre eri lì davanti" in found


def test_what_is_not_delicate_stands_on_it(enter: Enter, marta: Actor) -> None:
    _worked_on(marta, delicate=False)
    found = _text(_sheet(enter))
    assert "ha letto una tua richiesta per seguirla" in found
    assert "cercando" in found


def test_it_is_in_her_language_too(enter: Enter, samira: Person, marta: Actor) -> None:
    persons.card(samira.pk, by=marta)
    assert len(pypdf.PdfReader(io.BytesIO(_sheet(enter, "samira").content)).pages) == 2


def test_printing_leaves_its_own_line(enter: Enter, adele: Person) -> None:
    _sheet(enter)
    event = AuditEvent.objects.get(what="audit.read")
    assert (event.agent_name, event.verb, event.fields) == ("Marta F.", "R", ["audit", "paper"])
    assert list(event.subjects.values_list("person_id", flat=True)) == [adele.pk]


def test_a_desk_prints_none(enter: Enter) -> None:
    assert _sheet(enter, who="silvia").status_code == 404


def test_another_body_prints_none(enter: Enter) -> None:
    assert _sheet(enter, who="sara").status_code == 404
