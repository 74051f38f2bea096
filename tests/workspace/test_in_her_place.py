"""«Per conto di…»: every act a person has in the app, done for her at the desk or by who helps her; both names stay."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpResponse
from PIL import Image

from cortile.agenda import actions as agenda
from cortile.agenda.models import Appointment
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind
from cortile.kit.audit import ON_BEHALF
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access, actions, papers, reads
from cortile.listening.actions.behalf import forget_mine
from cortile.listening.models import Entry, Thread
from cortile.listening.words import STATE_LABELS
from cortile.messages import sheet
from cortile.messages.actions.reading import read_out
from cortile.messages.models import Message
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from cortile.people.models import ContactPoint, Delegation
from tests import cast
from tests.agenda.booking import booked
from tests.sessions import Enter
from tests.workspace.test_phone import STATES

HERS = "/scrivania/persone/{person}/"
REQUEST = "/scrivania/richieste/{number}/"
VISIT = "/scrivania/agenda/{visit}/"


def picture() -> io.BytesIO:
    """Return a photo as a browser sends it."""
    found = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(found, "JPEG")
    found.seek(0)
    found.name = "foto.jpg"
    return found


@dataclass(frozen=True)
class Desk:
    """An act at the desk: the audit's name of it, where the form is sent, with what, and what had to happen before."""

    what: str
    page: str
    words: Callable[[Thread], dict[str, object]]
    before: Callable[[Thread], object] = lambda _thread: None
    line: str = ""


def _point(thread: Thread) -> ContactPoint:
    return ContactPoint.objects.filter(person=thread.person).latest("pk")


def _helper(thread: Thread) -> Delegation:
    return people.name_delegate(thread.person, by=cast.at_desk("marta"), name="Carla", talked_alone=True, scopes=["faults"])


def _copy(thread: Thread) -> int:
    given = people.share_copy(
        thread.person, by=cast.at_desk("marta"), to=cast.agency("comune-milano"), fields=["name"], purpose="Corso",
        basis="consent", evidence="Detto qui.", said_yes=True, until=clock.today() + timedelta(days=1),
    )  # fmt: skip
    return given.pk


DESK: dict[str, Desk] = {
    "ask": Desk("thread.opened", "/scrivania/contatto/", lambda t: {
        "persons": [t.person_id], "chip": "faults", "done_what": "opened_request", "channel": "in_person", "minutes": "10",
        "urgency": "normal", "answer_by": "phone", "wants": "Non scalda",
    }, line="opened"),
    "add words": Desk("thread.tenant_wrote", REQUEST + "per-conto/", lambda _t: {"text": "Non scalda"}, line="tenant"),
    "add a photo": Desk(
        "photo.brought", REQUEST + "per-conto/", lambda _t: {"text": "Ecco", "photo": picture()}, line="tenant"),
    "yes, solved": Desk("thread.confirmed", REQUEST + "conferma/", lambda _t: {}, STATES["solved"], "closed"),
    "no": Desk("thread.not_solved", REQUEST + "non-risolto/", lambda _t: {"text": ""}, STATES["solved"], "not_solved"),
    "reopen": Desk("thread.reopened", REQUEST + "riapri/", lambda _t: {"text": "", "asked": "on"}, STATES["closed"], "reopened"),
    "book a visit": Desk("appointment.booked", "/scrivania/agenda/fissa/?persona={person}", lambda _t: {
        "day": "2026-03-12", "hour": "10:00", "place": cast.space().pk, "staff": cast.staff("marta").pk, "bring": ""}),
    "move a visit": Desk("appointment.moved", VISIT + "sposta/", lambda _t: {
        "day": "2026-03-13", "hour": "10:00", "asked": "on"}, lambda _t: booked("adele")),
    "cancel a visit": Desk("appointment.cancelled", VISIT + "annulla/", lambda _t: {"asked": "on"}, lambda _t: booked("adele")),
    "preferences": Desk("person.preferences_set", HERS + "scrivi/preferenze/", lambda _t: {"language": "it", "discreet": "on"}),
    "a number": Desk("contact_point.added", HERS + "scrivi/recapito/", lambda _t: {
        "kind": "mobile", "value": "333 5550 177", "safe": "on"}),
    "still my number": Desk("contact_point.confirmed", HERS + "numero/", lambda t: {"recapito": _point(t).pk, "giusto": "1"}),
    "withdraw who helps": Desk("delegation.withdrawn", HERS + "togli-delega/", lambda _t: {
        "delega": Delegation.objects.latest("pk").pk}, _helper),
    "a message read out": Desk("message.read_out", HERS + "messaggi/{message}/letto/", lambda _t: {}),
    "a message on paper": Desk("message.given_on_paper", HERS + "messaggi/{message}/lettera.pdf", lambda _t: {}),
}  # fmt: skip


def at(thread: Thread, page: str) -> str:
    """Return an address among her things."""
    visit, message = Appointment.objects.first(), Message.objects.filter(person=thread.person).latest("pk")
    return page.format(number=thread.number, person=thread.person_id, visit=visit.pk if visit else 0, message=message.pk)


def done_for_her(enter: Enter, thread: Thread, act: Desk) -> HttpResponse:
    """Do an act at the desk, in front of her."""
    cast.in_front("marta", "adele")
    act.before(thread)
    return enter("marta").post(at(thread, act.page), act.words(thread))  # type: ignore[return-value]  # the client's own response


@pytest.mark.parametrize("name", DESK)
def test_an_operator_does_for_her_what_she_can_do(enter: Enter, thread: Thread, name: str) -> None:
    act = DESK[name]
    assert done_for_her(enter, thread, act).status_code in {200, 302}
    event = AuditEvent.objects.filter(what=act.what).latest("pk")
    assert (event.agent_name, ON_BEHALF in event.fields) == ("Marta F.", True)
    assert [s.person_id for s in event.subjects.all()] == [thread.person_id]


@pytest.mark.parametrize("name", [name for name, act in DESK.items() if act.line])
def test_both_names_stand_in_the_request(enter: Enter, thread: Thread, name: str) -> None:
    act = DESK[name]
    done_for_her(enter, thread, act)
    entry = Entry.objects.filter(kind=act.line).latest("pk")
    assert entry.signed == "Marta F., per conto di Adele B."
    page = enter("adele").get(f"/casa/richieste/{entry.thread.number}/").content.decode()
    assert "Marta, per conto di Adele" in page


def test_a_copy_is_taken_back_for_her(enter: Enter, thread: Thread) -> None:
    cast.in_front("marta", "adele")
    enter("marta").post(f"/scrivania/persone/{thread.person_id}/copia/{_copy(thread)}/togli/")
    event = AuditEvent.objects.filter(what="copy.withdrawn").latest("pk")
    assert (event.agent_name, ON_BEHALF in event.fields) == ("Marta F.", True)


def test_what_we_decide_ourselves_is_ours_alone(enter: Enter, thread: Thread) -> None:
    STATES["closed"](thread)
    enter("marta").post(at(thread, REQUEST + "riapri/"), {"text": "Avevo chiuso per errore"})
    assert Entry.objects.get(kind="reopened").signed == "Marta F."
    assert ON_BEHALF not in AuditEvent.objects.filter(what="thread.reopened").latest("pk").fields


def test_an_appointment_we_cancel_still_needs_a_reason(enter: Enter, thread: Thread) -> None:
    visit = booked("adele")
    with pytest.raises(Refused) as refused:
        agenda.cancel(visit, by=cast.at_desk("marta"))
    assert refused.value.code == "reason-missing"


def test_she_reads_that_it_was_done_for_her(enter: Enter, thread: Thread) -> None:
    done_for_her(enter, thread, DESK["add words"])
    page = enter("adele").get("/casa/io/").content.decode()
    assert "ha aggiunto parole a una tua richiesta, per conto tuo" in page


def test_a_photo_left_by_another_person_never_comes_along(enter: Enter, thread: Thread) -> None:
    actions.bring_photo(cast.person("samira"), picture(), 900, by=cast.at_desk("marta"))
    done_for_her(enter, thread, DESK["add words"])
    assert Entry.objects.filter(kind="tenant").latest("pk").data == {"for": "Adele B."}


@pytest.mark.parametrize("who", ["bruno", "silvia", "salvatore", "sara"])
def test_who_may_not_answer_writes_for_nobody(enter: Enter, thread: Thread, who: str) -> None:
    assert enter(who).post(at(thread, REQUEST + "per-conto/"), {"text": "Non scalda"}).status_code == 404


# --- who helps, who represents ---


def helper(kind: str, scopes: list[str]) -> Actor:
    """Return Adele's daughter or guardian signed in, for some matters."""
    adele, marta = cast.person("adele"), cast.at_desk("marta")
    given = (
        people.name_delegate(adele, by=marta, name="Lucia Brambilla", relationship="figlia", talked_alone=True, scopes=scopes)
        if kind == Kind.DELEGATE
        else people.name_representative(
            adele, by=marta, name="Ugo Neri", kind="tutore", decree="12/2026", scopes=scopes, since=clock.today()
        )
    )
    found = tenant_actor({"kind": kind, "id": given.pk, "agency": given.agency_id})
    assert found is not None
    return found


def _asks(by: Actor, thread: Thread) -> Thread:
    return actions.open_thread(thread.person, by=by, chip="faults", title="Citofono", words="Non suona")


def _brings(by: Actor, thread: Thread) -> Thread:
    actions.bring_photo(thread.person, picture(), 900, by=by)
    return actions.tenant_writes(thread, by=by, text="Ecco una foto.")


HELPED: dict[str, tuple[Callable[[Actor, Thread], object], str, str, tuple[str, ...]]] = {
    "ask": (_asks, "received", "opened", ("delegate", "representative")),
    "add words": (
        lambda by, t: actions.tenant_writes(t, by=by, text="Ancora"),
        "received",
        "tenant",
        ("delegate", "representative"),
    ),
    "add a photo": (_brings, "received", "tenant", ("delegate", "representative")),
    "yes, solved": (lambda by, t: actions.tenant_confirms(t, by=by), "solved", "closed", ("representative",)),
    "no": (lambda by, t: actions.tenant_not_solved(t, by=by), "solved", "not_solved", ("representative",)),
    "reopen": (lambda by, t: actions.reopen(t, by=by), "closed", "reopened", ("representative",)),
}
NAMES = {"delegate": "Lucia Brambilla (figlia)", "representative": "Ugo Neri"}
MAY = [(name, kind) for name, (*_rest, kinds) in HELPED.items() for kind in kinds]
MAY_NOT = [(name, kind) for name, (*_rest, kinds) in HELPED.items() for kind in NAMES if kind not in kinds]


@pytest.mark.parametrize(("name", "kind"), MAY)
def test_who_helps_leaves_both_names(thread: Thread, name: str, kind: str) -> None:
    act, state, line, _kinds = HELPED[name]
    STATES[state](thread)
    act(helper(kind, ["faults"]), thread)
    assert Entry.objects.filter(kind=line).latest("pk").signed == f"{NAMES[kind]}, per conto di Adele B."
    event = AuditEvent.objects.filter(agent_kind=kind, verb__in="CU").latest("pk")
    assert (event.agent_name, ON_BEHALF in event.fields) == (NAMES[kind], True)
    assert [s.person_id for s in event.subjects.all()] == [thread.person_id]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("name", HELPED)
def test_out_of_scope_is_refused(thread: Thread, name: str, kind: str) -> None:
    act, state, _line, _kinds = HELPED[name]
    STATES[state](thread)
    with pytest.raises(Refused) as refused:
        act(helper(kind, ["school"]), thread)
    assert refused.value.code in {"not-visible", "not-allowed"}


@pytest.mark.parametrize(("name", "kind"), MAY_NOT)
def test_a_daughter_closes_and_opens_nothing_again(thread: Thread, name: str, kind: str) -> None:
    act, state, _line, _kinds = HELPED[name]
    STATES[state](thread)
    with pytest.raises(NotVisible):
        act(helper(kind, ["faults"]), thread)


# --- the paper twin, from every state ---


@pytest.mark.parametrize("state", STATE_LABELS)
@pytest.mark.parametrize(
    ("who", "page"), [("marta", "/scrivania/richieste/{}/foglio.pdf"), ("adele", "/casa/richieste/{}/foglio.pdf")]
)
def test_the_paper_twin_prints_from_every_state(enter: Enter, thread: Thread, state: str, who: str, page: str) -> None:
    STATES[state](thread)
    answer = enter(who).get(page.format(thread.number))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content == sheet.request_sheet(papers.twin(access.the_thread(cast.at_desk("marta"), thread.number)))


@pytest.mark.parametrize("who", ["silvia", "bruno", "sara"])
def test_who_may_not_read_a_message_reads_none_out(thread: Thread, who: str) -> None:
    message = Message.objects.filter(person=thread.person).latest("pk")
    with pytest.raises(NotVisible):
        read_out(message, by=cast.at_desk(who))


def test_what_was_begun_and_never_sent_is_forgotten(marta: Actor) -> None:
    actions.bring_photo(cast.person("samira"), picture(), 900, by=marta)
    forget_mine(by=marta)
    assert reads.waiting_files(by=marta) == {}
