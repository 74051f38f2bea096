"""A person of whom every field has a word of its own, planted once: whoever is shown the field is shown the word."""

from __future__ import annotations

import html
import io
import re
from datetime import date, time, timedelta
from itertools import product

import pypdf
from django.http import HttpResponse

from cortile.accounts.models import Account, RegistryImport
from cortile.agenda import actions as agenda
from cortile.benefits import actions as benefits
from cortile.benefits.models import CallVersion
from cortile.homes import actions as homes
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.listening.access import link_actor
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.accounts import facts
from tests.benefits import files, money, notices
from tests.directory import cards as directory
from tests.house.test_permissions import Line, a_batch, address, to_service
from tests.network import tables

THURSDAY = date(2026, 3, 12)
# Field → how it can be written on a page.
MARKS: dict[str, tuple[str, ...]] = {
    "name": ("Zenobia",), "stair": ("Topazi",), "phone": ("4477 889", "4477889"), "language": ("tigrino",),
    "birth": ("1931",), "fiscal_code": ("QRZZNB31B57Z999Y",), "dwelling": ("ALL-QZ-9",), "email": ("zenobia@example",),
    "unsafe_phone": ("9911 223", "9911223"), "title": ("Girandola",), "words": ("Melograno",), "note": ("Papavero",),
    "question": ("Lavanda",), "answer": ("Rosmarino",), "said": ("Fiordaliso",), "contact_note": ("Mirtillo",),
    "rent": ("7.777", "777700"), "household": ("Ortensia",), "household_title": ("Ciclamino",), "delegate": ("Begonia",),
    "representative": ("Genziana",), "decree": ("Ginepro",), "bring": ("Tulipano",), "appointment": ("11:25",),
    "nurse_bring": ("Mughetto",), "nurse_appointment": ("12:10",), "delicate_title": ("Oleandro",),
    "delicate_words": ("Digitale",), "delicate_note": ("Belladonna",), "copy_purpose": ("Camomilla",),
    "copy_need": ("Anemone",), "copy_evidence": ("Verbena",), "import_reject": ("Ginestra",),
    "isee": ("9.876", "987654", "9876"), "band": ("Anagrafe Calendula",), "charge": ("4.321", "432100", "4321"),
    "referral_need": ("Genepì",),
}  # fmt: skip


def plant() -> dict[str, object]:
    """Build the person and everything about her, and return what the addresses name."""
    marta, her = cast.at_desk("marta"), _register("zenobia", "Zenobia", "Quarzo")
    member = _register("ortensia", "Ortensia", "Malva")
    people.form_household(her.agency, by=cast.SYSTEM, code="N-quarzo", members=[(her, "intestataria"), (member, "sorella")])
    for who in ("marta", "paola", "silvia"):
        cast.in_front(who, "zenobia", "ortensia")
    _reach(her, marta)
    asked, member_thread, delicate = _requests(her, member, marta)
    answered = listening.hand_over(asked, cast.office("Ufficio manutenzioni"), by=marta, question="Altro")
    sent = listening.hand_over(asked, cast.office(), by=marta, question="Lavanda")
    office = link_actor({"id": answered.pk, "agency": answered.agency_id})
    assert office is not None
    listening.answer_hand_over(answered, by=office, text="Rosmarino")
    booked = _appointments(her, asked, marta)
    helper = people.name_delegate(her, by=marta, name="Begonia Viola", talked_alone=True, scopes=["rent"])
    people.name_representative(
        her, by=marta, name="Genziana Neri", kind="tutore", decree="Ginepro 1", scopes=["rent"], since=clock.today()
    )
    copy = people.share_copy(
        her, by=marta, to=cast.agency("comune-milano"), fields=["name", "language", "need"], need="Anemone", purpose="Camomilla",
        basis="consent", evidence="Verbena", said_yes=True, until=THURSDAY,
    )  # fmt: skip
    call = _invited(her)
    asked_for = files.arrived(who="zenobia", call={"code": "2026/9"})
    alarm = people.raise_alarm(her.agency, by=cast.machine(), kind="burst", staff_id=marta.id or 0, day=clock.today(), count=40)
    return {
        "agency": her.agency_id, "person": her.pk, "people": [her.pk, member.pk], "delegate": helper.pk, "hand_over": sent.pk,
        "thread": asked.number, "threads": [asked.number, member_thread.number, delicate.number], "copy": copy.pk,
        "alarm": alarm.pk, "opening": her.openings.get(staff=cast.staff("marta")).pk, "appointments": booked,
        "appointment": booked[0], "run": _reject(her), "token": "esempio", "photo": 1, "popup": 1,
        "message": her.messages.latest("pk").pk, "sms": 1, "call": 1, "version": call.pk, "flow": 1,
        "open_call": notices.published(code="2026/2").call_id,
        "application": asked_for.number, "paper": files.with_a_paper(asked_for).pk,
        "batch": a_batch(),
        "envelope": money.envelope(notices.drafted("solidarity", code="2026/8"), 500_00).pk,
        **directory.addressed(), **to_service(asked, need="Genepì"),
        **tables.addressed(),
    }  # fmt: skip


def _register(code: str, given: str, family: str) -> Person:
    body, quarter = cast.agency(), cast.space().neighbourhood
    assert quarter is not None
    street = quarter.buildings.filter(code="MI-TOP").first()
    street = street or homes.add_building(quarter, by=cast.SYSTEM, code="MI-TOP", street="Via dei Topazi", number="77", stairs="K")
    home = homes.add_dwelling(street.stairs.get(), by=cast.SYSTEM, code="ALL-QZ-9" if code == "zenobia" else "ALL-9", floor="6")
    person = people.register(body, by=cast.SYSTEM, given_name=given, family_name=family, code=code, dwelling=home)
    if code == "zenobia":
        with scopes.opened(scopes.EVERYTHING):
            Person.objects.filter(pk=person.pk).update(birth_date=date(1931, 2, 17), fiscal_code="QRZZNB31B57Z999Y", language="ti")
    return cast.person(code)


def _reach(her: Person, marta: Actor) -> None:
    people.add_contact_point(her, by=marta, kind="mobile", value="333 4477 889")
    people.add_contact_point(her, by=marta, kind="email", value="zenobia@example.invalid")
    people.add_contact_point(her, by=marta, kind="mobile", value="338 9911 223", shared=True)
    people.set_preferences(her, by=marta, visits_welcome=True)
    household = people.form_household(her.agency, by=cast.SYSTEM, code="N-affitto", members=[(her, "intestataria")])
    home = her.home_stair.dwellings.get(code="ALL-QZ-9")  # type: ignore[union-attr]  # she has just been given a home
    tenancy = people.open_tenancy(household, home, by=cast.SYSTEM, code="C-quarzo", holder=her, start=date(2015, 1, 1))
    with scopes.opened(scopes.EVERYTHING):
        Account.objects.create(agency=her.agency, code="R-quarzo", tenancy=tenancy, balance_cents=777_700, as_of=date(2026, 3, 1))


def _requests(her: Person, member: Person, marta: Actor) -> tuple[Thread, Thread, Thread]:
    asked = cast.open_request("zenobia", chip="rent", title="Girandola", words="Melograno")
    listening.note(asked, by=marta, text="Papavero")
    listening.say(asked, by=marta, text="Fiordaliso")
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[her], note="Mirtillo")
    of_member = cast.open_request("ortensia", title="Ciclamino")
    kept = listening.record_request(
        [her], listening.Asked("Oleandro", words="Digitale"), by=marta, chip="neighbours", note="Belladonna"
    )
    return asked, of_member, listening.mark_delicate(kept, by=marta)


def _invited(her: Person) -> CallVersion:
    """Write what makes her look entitled, and have the office find that she has not applied."""
    facts.band_of(her.code, source="Anagrafe Calendula")
    facts.isee_of(her.code, value_cents=9_876_54)
    facts.charge_of(her.code, due_cents=4_321_00)
    call = notices.published()
    benefits.look_for_unclaimed(call.call_id, by=cast.at_desk("federica"), purpose="Chi non ha chiesto")
    return call


def _appointments(her: Person, asked: Thread, marta: Actor) -> list[int]:
    days = [("marta", time(11, 25), "Tulipano", asked), ("lucia", time(12, 10), "Mughetto", None)]
    return [
        agenda.book(
            her, by=marta, staff=cast.staff(who), place=cast.space(), starts_at=clock.at(THURSDAY, hour), bring=bring, thread=thread
        ).pk
        for who, hour, bring, thread in days
    ]


def _reject(her: Person) -> int:
    with scopes.opened(scopes.EVERYTHING):
        run = RegistryImport.objects.create(
            agency=her.agency, started_at=clock.now() - timedelta(days=1), by_name="Nadia", state="done",
            rejects={"persone.csv": "riga;motivo\n3;Ginestra"},
        )  # fmt: skip
    return run.pk


# --- where to look ---

# Who opens it is signed in no more, whoever they were.
OUT = {"/info/esci/"}
EXTRA = (
    "/scrivania/cerca/?q=zenobia", "/scrivania/cerca/?q=4477889", "/scrivania/cerca/?q=topazi+77+k", "/scrivania/cerca/?q={thread}",
    "/scrivania/contatto/?persona={person}", "/scrivania/contatto/chi/?q=zenobia", "/scrivania/richieste/?stato=tutte",
    "/scrivania/richieste/?di=me", "/scrivania/agenda/?persona={person}", "/scrivania/persone/{person}/scrivi/preferenze/",
    "/scrivania/persone/{person}/scrivi/delega/", "/scrivania/mese/?mese=2026-03",
)  # fmt: skip


def asked(address: str) -> set[str]:
    """Return the fields whose words the address itself brings: a search box says again what was typed."""
    return {field for field, words in MARKS.items() if any(word in address for word in words)}


def addresses(table: list[Line], world: dict[str, object]) -> list[str]:
    """Return every address of the table, with each person, request and appointment of this world in it, and some more."""
    found = {
        address(line, {**world, "person": person, "thread": thread, "appointment": appointment})
        for line in table
        for person, thread, appointment in product(_all(world, "people"), _all(world, "threads"), _all(world, "appointments"))
    }
    return sorted(found - OUT | {where.format(**world) for where in EXTRA})


def _all(world: dict[str, object], name: str) -> list[object]:
    found = world[name]
    assert isinstance(found, list)
    return found


def shown(answer: HttpResponse) -> set[str]:
    """Return the fields an answer shows: a page, a paper or a table. What a list only offers to choose is nobody's."""
    if answer.status_code >= 400:
        return set()
    text = _text(answer)
    return {field for field, words in MARKS.items() if any(word in text for word in words)}


def _text(answer: HttpResponse) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        content = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).encode()
    text = html.unescape(content.decode(errors="replace")).replace("\u00a0", " ")
    text = re.sub(r"<option(?![^>]*\bselected\b)[^>]*>[^<]*", "", text)
    # A form's token is drawn by lot for each answer: sooner or later it holds a year of birth.
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
