"""What the sender follows: the state in words, two alternatives beside a no, the question answered, the referral taken back."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.directory.models import Service
from cortile.kit.audit import ON_BEHALF
from cortile.kit.models import AuditEvent
from cortile.listening.models import Thread
from cortile.referrals import actions
from cortile.referrals.models import Referral
from tests import cast
from tests.referrals import world
from tests.sessions import Enter
from tests.workspace.test_sending import read_for

LIST = "/scrivania/invii/"
BACK = "notizie da un servizio"


@pytest.fixture
def homework(_alone: None) -> Thread:
    """Return a request of Adele's."""
    return cast.open_request("adele", chip="school", title="Doposcuola del nipote")


@pytest.fixture
def club(_alone: None) -> Service:
    """Return the after-school club."""
    return world.service()


@pytest.fixture
def asked(homework: Thread, club: Service) -> Referral:
    """Return a referral of Adele's to the club."""
    return world.send(homework, club, need="Doposcuola")


def page(row: Referral) -> str:
    return f"{LIST}{row.number}/"


def request_page(row: Referral) -> str:
    return f"/scrivania/richieste/{row.thread.number}/"


def test_the_request_says_where_it_stands(enter: Enter, asked: Referral) -> None:
    shown = enter("marta").get(request_page(asked)).content.decode()
    assert "Doposcuola" in shown
    assert "Tocca al servizio" in shown


def test_a_no_brings_two_alternatives_at_once(enter: Enter, asked: Referral) -> None:
    others = [world.service(f"Doposcuola {name}", email=f"{n}@example.invalid") for n, name in enumerate(("La Corte", "Il Pozzo"))]
    actions.decline(asked, by=world.them(asked), reason="full", available_from=date(2026, 4, 1))
    for address in (request_page(asked), page(asked)):
        shown = enter("marta").get(address).content.decode()
        assert all(f"/invio/{other.pk}/?al-posto-di={asked.number}" in shown for other in others)
        assert "Non ci sono posti" in shown


def test_while_a_service_may_answer_no_alternative_is_shown(enter: Enter, asked: Referral) -> None:
    world.service("Doposcuola La Corte", email="corte@example.invalid")
    assert "alternative" not in enter("marta").get(page(asked)).content.decode()


def test_a_rerouted_one_hangs_from_the_first(enter: Enter, asked: Referral) -> None:
    other = world.service("Doposcuola La Corte", email="corte@example.invalid")
    address = f"{request_page(asked)}invio/{other.pk}/?al-posto-di={asked.number}"
    marta = enter("marta")
    form = {
        "need": "Doposcuola", "given": ["name", "phone", "language"], "basis": "spoken", "until": "2026-06-08",
        "check_on": "2026-03-20", "read_for": read_for(marta.get(address).content.decode()), "act": "send",
    }  # fmt: skip
    assert marta.post(address, form).status_code == 302
    new = Referral.objects.latest("pk")
    assert (new.parent, new.why_parent) == (asked, "rerouted")


def test_a_question_is_answered(enter: Enter, asked: Referral) -> None:
    actions.ask(asked, by=world.them(asked), words="Che classe fa?")
    assert "Che classe fa?" in enter("marta").get(page(asked)).content.decode()
    enter("marta").post(f"{page(asked)}rispondi/", {"text": "La quarta."})
    assert world.fresh(asked).state == "received"


def test_an_answer_says_that_it_leaves_and_comes_back_with_what_was_not_ticked(enter: Enter, asked: Referral) -> None:
    actions.ask(asked, by=world.them(asked), words="Che classe fa?")
    assert "Queste parole escono da qui e arrivano al servizio." in enter("marta").get(page(asked)).content.decode()
    answer = enter("marta").post(f"{page(asked)}rispondi/", {"text": "Chiamate la figlia: 333 5550 177"})
    assert (answer.status_code, "«333 5550 177»" in answer.content.decode()) == (409, True)


def test_an_empty_answer_comes_back(enter: Enter, asked: Referral) -> None:
    actions.ask(asked, by=world.them(asked), words="Che classe fa?")
    assert enter("marta").post(f"{page(asked)}rispondi/", {"text": ""}).status_code == 422


def test_nothing_is_answered_that_nobody_asked(enter: Enter, asked: Referral) -> None:
    answer = enter("marta").post(f"{page(asked)}rispondi/", {"text": "La quarta."})
    assert answer.status_code == 409
    assert "La quarta." in answer.content.decode()


def test_it_is_taken_back_with_a_reason(enter: Enter, asked: Referral) -> None:
    marta = enter("marta")
    assert marta.post(f"{page(asked)}riprendi/", {"reason": ""}).status_code == 422
    marta.post(f"{page(asked)}riprendi/", {"reason": "Ha trovato da sola."})
    assert world.partner(asked) is None


def test_how_it_went_for_her_is_one_tap(enter: Enter, asked: Referral) -> None:
    actions.accept(asked, by=world.them(asked), day=date(2026, 3, 16))
    assert "È servito, per la persona?" in enter("marta").get(page(asked)).content.decode()
    enter("marta").post(f"{page(asked)}servito/", {"outcome": "met"})
    assert world.fresh(asked).person_outcome == "met"


def test_a_service_that_never_said_how_it_went_is_written_once_it_was_asked(enter: Enter, asked: Referral) -> None:
    actions.accept(asked, by=world.them(asked), day=date(2026, 3, 12))
    assert enter("marta").post(f"{page(asked)}non-risposto/").status_code == 409
    world.watch(date(2026, 3, 17))
    with world.on(date(2026, 3, 25)):
        assert "Il servizio non ha risposto" in enter("marta").get(page(asked)).content.decode()
        enter("marta").post(f"{page(asked)}non-risposto/")
        assert "Il servizio non ha risposto" not in enter("marta").get(page(asked)).content.decode()
    assert world.fresh(asked).service_outcome == "no_reply"


def test_a_spoken_yes_is_taken_back_at_the_desk_in_her_name(enter: Enter, asked: Referral) -> None:
    marta = enter("marta")
    assert "Ritira il permesso" in marta.get(page(asked)).content.decode()
    marta.post(f"{page(asked)}ritira-permesso/")
    row = world.fresh(asked)
    assert row.consent is not None
    assert (row.consent.withdrawn_by_name, row.consent.withdrawn_at is None, row.is_open) == ("Marta F.", False, False)
    assert ON_BEHALF in AuditEvent.objects.get(what="consent.withdrawn").fields
    assert "Ritira il permesso" not in marta.get(page(asked)).content.decode()


def test_what_rests_on_no_yes_has_none_to_take_back(enter: Enter, homework: Thread, club: Service) -> None:
    world.agreed(club)
    row = world.send(homework, club, basis=world.NOTICE)
    assert "Ritira il permesso" not in enter("marta").get(page(row)).content.decode()
    assert enter("marta").post(f"{page(row)}ritira-permesso/").status_code == 409


def test_who_could_not_be_reached_is_written_some_days_after_she_was_asked(enter: Enter, asked: Referral) -> None:
    actions.accept(asked, by=world.them(asked), day=date(2026, 3, 12))
    world.watch(date(2026, 3, 17))
    with world.on(date(2026, 3, 18)):
        marta = enter("marta")
        assert "La persona non ha risposto" not in marta.get(page(asked)).content.decode()
        assert marta.post(f"{page(asked)}persona-non-risposto/").status_code == 409
    with world.on(date(2026, 3, 25)):
        marta = enter("marta")
        assert "La persona non ha risposto" in marta.get(page(asked)).content.decode()
        marta.post(f"{page(asked)}persona-non-risposto/")
    assert world.fresh(asked).person_outcome == "no_reply"


def test_the_list_has_its_parts(enter: Enter, asked: Referral) -> None:
    marta = enter("marta")
    assert "Doposcuola" in marta.get(LIST).content.decode()
    assert "Doposcuola" in marta.get(f"{LIST}?quali=aspettano").content.decode()
    assert "Qui non c'è nessun invio" in marta.get(f"{LIST}?quali=fermi").content.decode()


def test_what_came_back_is_among_the_stuck(enter: Enter, asked: Referral) -> None:
    world.watch(date(2026, 3, 16))
    world.watch(date(2026, 3, 20))
    with world.on(date(2026, 3, 20)):
        assert "Doposcuola" in enter("marta").get(f"{LIST}?quali=fermi").content.decode()
        assert BACK in enter("marta").get("/scrivania/").content.decode()


def test_a_no_comes_to_the_list_of_who_follows_it(enter: Enter, asked: Referral) -> None:
    assert BACK not in enter("marta").get("/scrivania/").content.decode()
    actions.decline(asked, by=world.them(asked), reason="full")
    assert BACK in enter("marta").get("/scrivania/").content.decode()
    assert BACK not in enter("paola").get("/scrivania/").content.decode()


def test_an_unknown_part_or_act_is_not_there(enter: Enter, asked: Referral) -> None:
    assert enter("marta").get(f"{LIST}?quali=tutte").status_code == 404
    assert enter("marta").post(f"{page(asked)}cancella/").status_code == 404


@pytest.mark.parametrize("who", ["silvia", "ornella", "bruno", "sara", "davide"])
def test_whoever_does_not_follow_it_finds_nothing(enter: Enter, asked: Referral, who: str) -> None:
    assert enter(who).get(page(asked)).status_code == 404
