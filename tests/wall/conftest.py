"""A database of its own, in which Lodi has something in every walled table, committed and known by its words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from PIL import Image

from cortile.accounts.models import Account, Protection
from cortile.agencies import actions as agencies
from cortile.agencies import released
from cortile.agencies.models import Agency
from cortile.agenda import actions as agenda
from cortile.agenda.models import CallBack
from cortile.benefits.actions import ledger
from cortile.benefits.models import (
    Application,
    ApplicationDraft,
    Call,
    CallVersion,
    Datum,
    Decision,
    Document,
    DoNotInvite,
    Envelope,
    Invitation,
    SiussFlow,
    Step,
)
from cortile.directory.models import Agreement, Organization
from cortile.homes import actions as homes
from cortile.kit import clock, drafts, scopes, signed_counts, wall
from cortile.kit.models import StoredFile
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages.models import IncomingSms
from cortile.people import actions as people
from cortile.people.models import Identification, Person, Tenancy
from cortile.referrals import actions as referrals
from cortile.referrals.models import ServiceFigures
from tests import cast, database
from tests.accounts import facts
from tests.directory import cards

SECRET = "Segreto di Lodi"


@pytest.fixture(scope="module")
def lodi_at_work(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """Build it once for a file, and leave it as it was found."""
    mine, name = database.mine(), f"{database.mine()}_wall"
    database.drop(name)
    database.clone(database.template(), name)
    database.point_at(name)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with wall.within(wall.EVERY_BODY):
            cast.play()
            with clock.frozen(cast.NOW):
                _work()
        yield name
    database.point_at(mine)
    database.drop(name)


def _work() -> None:
    sara, teresa = cast.at_desk("sara"), cast.person("teresa")
    office = agencies.open_office(teresa.agency, by=cast.SYSTEM, name="Ufficio di prova Lodi", email="lodi@example.invalid")
    listening.record_contact(by=sara, chip="rent", done_what="listened", persons=[teresa], note=SECRET)
    thread = listening.open_thread(teresa, by=sara, chip="rent", title=SECRET)
    listening.note(thread, by=sara, text=SECRET)
    listening.hand_over(thread, office, by=sara, question=SECRET)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    picture.seek(0)
    listening.bring_photo(teresa, picture, 900, by=cast.herself("teresa"))
    people.issue_paper_code(teresa, by=sara)
    people.name_delegate(teresa, by=sara, name="Figlia Bassani", talked_alone=True, scopes=["rent"])
    people.name_representative(
        teresa, by=sara, name="Commercialista", kind="tutore", decree=SECRET, scopes=["rent"], since=clock.today()
    )
    drafts.keep(drafts.slot_of(sara, "contact"), {"note": SECRET})
    place = homes.add_place(
        teresa.agency, by=cast.SYSTEM, kind="presidio", name="Biblioteca", neighbourhood=teresa.home_neighbourhood,
        openings=[(day, time(9), time(13)) for day in range(5)],
    )  # fmt: skip
    agenda.book(teresa, by=sara, staff=cast.staff("sara"), place=place, starts_at=cast.NOW + timedelta(days=1), bring=SECRET)
    _sent_outside(teresa, thread)
    _counts(teresa.agency)
    with scopes.opened(scopes.EVERYTHING):
        _doors(teresa, thread)


def _sent_outside(teresa: Person, thread: Thread) -> None:
    """Send Teresa to a service, with her yes, and leave what was learned of it."""
    service = cards.published("Compiti", of=cards.organization(teresa.agency, name="Circolo Muzza"))
    yes, sara = referrals.Yes(SECRET), cast.at_desk("sara")
    referrals.send(thread, service, by=sara, need=SECRET, fields=("name", "need"), basis=yes)
    with scopes.opened(scopes.EVERYTHING):
        ServiceFigures.objects.create(agency=teresa.agency, service=service, day=clock.today())


def _counts(lodi: Agency) -> None:
    """Take in what an association of its own hands over."""
    key = Ed25519PrivateKey.generate()
    file = signed_counts.write(SECRET, signed_counts.Quarter(2025, 4), dict.fromkeys(released.LINES, 7), key)
    known = signed_counts.key_file(key.public_key().public_bytes_raw())
    agencies.load_released(lodi, file, by=cast.SYSTEM, key=known, received_by=SECRET)


def _doors(teresa: Person, thread: Thread) -> None:
    """Write what no act of the cast leaves yet: an account and what protects it, a call, an SMS, a document looked at."""
    body, sara, now = teresa.agency, cast.staff("sara"), clock.now()
    owed = Account.objects.create(agency=body, code="Bassani-1", tenancy=Tenancy.objects.get(holder=teresa), as_of=clock.today())
    Protection.objects.create(agency_id=body.pk, account=owed, kind="plan", since=clock.today(), said_by=SECRET)
    CallBack.objects.create(
        agency=body, person=teresa, staff=sara, thread=thread, starts_at=now, ends_at=now + timedelta(hours=1), created_at=now
    )
    IncomingSms.objects.create(agency=body, person=teresa, reference=SECRET, sender="Bassani", text=SECRET, received_at=now)
    Identification.objects.create(agency_id=body.pk, person=teresa, way="document", document=SECRET, by=sara, at=now)
    _contributions(teresa, thread)


def _contributions(teresa: Person, thread: Thread) -> None:
    """Write an application, what it rests on, its decision, and the money behind it."""
    now, contract = clock.now(), Tenancy.objects.get(holder=teresa)
    call = Call.objects.create(agency=teresa.agency, code="L1", programme="energy")
    version = CallVersion.objects.create(call=call, number=1, rule_data={}, terms_data={}, fingerprint="", drafted_at=now)
    application = Application.objects.create(
        agency=teresa.agency, call=call, version=version, programme="energy", year=2026, number=thread.number, arrival=1,
        thread=thread, tenancy=contract, household=contract.household, applicant=teresa, helper_name=SECRET, submitted_at=now,
        due=clock.today(),
    )  # fmt: skip
    ApplicationDraft.objects.create(
        agency=teresa.agency, call=call, person=teresa, code_hash="x", answers={"words": SECRET}, saved_at=now, expires_at=now
    )
    Datum.objects.create(application=application, agency_id=teresa.agency_id, name="isee", source=SECRET, said_by="x", at=now)
    paper = StoredFile.objects.filter(agency_id=teresa.agency_id)[0]
    Document.objects.create(agency_id=teresa.agency_id, application=application, kind=SECRET, file=paper, brought_at=now)
    Step.objects.create(agency_id=teresa.agency_id, application=application, kind="received", at=now, by_name=SECRET)
    decision = Decision.objects.create(
        agency_id=teresa.agency_id, application=application, number=1, version=version, figures={}, facts={}, fingerprint="",
        outcome="refused", grounds=SECRET, proposed_at=now,
    )  # fmt: skip
    SiussFlow.objects.create(
        agency_id=teresa.agency_id, application=application, decision=decision, person=teresa, amount_cents=1, due=clock.today(),
        paid_on=clock.today(), said={"cognome": SECRET}, body_code="x", body_name="x", state="blocked", created_at=now,
    )  # fmt: skip
    Invitation.objects.create(agency_id=teresa.agency_id, call=call, person=teresa, made_at=now, marked_by_name=SECRET)
    DoNotInvite.objects.create(agency_id=teresa.agency_id, person=teresa, since=now, said_to=SECRET)
    facts.band_of("teresa", source=SECRET)
    facts.charge_of("teresa")
    facts.isee_of("teresa", source=SECRET)
    firm = Organization.objects.create(agency=teresa.agency, name="Circolo Adda", last_modified=now)
    Agreement.objects.create(agency=teresa.agency, organization=firm, title=SECRET, starts_on=now.date(), ends_on=now.date())
    envelope = Envelope.objects.create(agency=teresa.agency, code="L1", fund=SECRET, call=call)
    with transaction.atomic():
        ledger.post(envelope, "allocate", 100, by=cast.SYSTEM, reason=SECRET, key="k", application=application)
