"""A database of its own, in which Lodi has something in every walled table, committed and known by its words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from PIL import Image

from cortile.accounts.models import Account, Protection
from cortile.agencies import actions as agencies
from cortile.agenda import actions as agenda
from cortile.agenda.models import CallBack
from cortile.homes import actions as homes
from cortile.kit import clock, drafts, scopes, wall
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages.models import IncomingSms
from cortile.people import actions as people
from cortile.people.models import Identification, Person, Tenancy
from tests import cast, database

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
    with scopes.opened(scopes.EVERYTHING):
        _doors(teresa, thread)


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
