"""A sign-in code on its way: at any hour, in her language, and nowhere with us once it has left or is too old to leave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC
from cortile.kit.carriers import Later, Never, Parcel
from cortile.messages import actions
from cortile.messages.models import Delivery
from cortile.people import actions as people
from cortile.people.models import ContactPoint, Person
from tests import cast


@dataclass
class Carrier:
    """Carries what it is given, or says why not."""

    refuses: Exception | None = None
    taken: list[Parcel] = field(default_factory=list)
    looks_up = False

    def send(self, parcel: Parcel) -> str:
        """Take a parcel."""
        if self.refuses:
            raise self.refuses
        self.taken.append(parcel)
        return "theirs"

    def look_up(self, reference: str) -> str | None:  # noqa: ARG002 -- the port's own signature
        """Know nothing."""
        return None


def ask(person: Person, channel: str = "sms") -> Delivery:
    """Ask for a code, and return its row."""
    people.send_code(by=replace(PUBLIC, source="app"), card_number=person.card_number, channel=channel)
    return Delivery.objects.latest("pk")


def carry(carrier: Carrier) -> int:
    """Let what waits leave."""
    return actions.deliver(by=cast.SYSTEM, through={"sms": carrier, "voice": carrier})


@pytest.fixture
def hers(adele: Person) -> Person:
    """Return Adele with a mobile of her own."""
    cast.give_mobile("adele")
    return adele


def everywhere(text: str) -> list[str]:
    """Return the tables in which a text stands, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kit_wallkey'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} row WHERE row::text LIKE %s", [f"%{text}%"])  # noqa: S608 -- names of our own tables
            found += [table] if cursor.fetchone()[0] else []
    return found


def test_once_it_has_left_it_stands_nowhere(hers: Person) -> None:
    row, carrier = ask(hers), Carrier()
    said = row.text.split(".")[0]
    assert everywhere(said) == ["messages_delivery"]
    assert carry(carrier) == 1
    assert everywhere(said) == []
    assert said in carrier.taken[0].text


def test_too_old_it_never_leaves_and_is_forgotten(hers: Person) -> None:
    row, carrier = ask(hers), Carrier()
    with clock.frozen(cast.NOW + timedelta(minutes=11)):
        carry(carrier)
    row.refresh_from_db()
    assert (row.state, row.text, carrier.taken) == ("withdrawn", "", [])


def test_refused_for_good_it_is_forgotten(hers: Person) -> None:
    row = ask(hers)
    carry(Carrier(refuses=Never("no such number")))
    row.refresh_from_db()
    assert (row.state, row.text) == ("failed", "")


def test_for_another_attempt_it_is_kept(hers: Person) -> None:
    row = ask(hers)
    carry(Carrier(refuses=Later("busy")))
    row.refresh_from_db()
    assert (row.state, row.text != "") == ("queued", True)


def test_it_waits_for_no_quiet_hour(hers: Person) -> None:
    with clock.frozen(datetime(2026, 3, 11, 22, 30, tzinfo=UTC)):
        ask(hers)
        assert carry(Carrier()) == 1


def test_only_the_last_one_leaves(hers: Person) -> None:
    carrier = Carrier()
    ask(hers)
    last = ask(hers).text
    assert (carry(carrier), [p.text for p in carrier.taken]) == (1, [last])


def test_a_voice_speaks_her_language(samira: Person) -> None:
    carrier = Carrier()
    with scopes.opened(scopes.EVERYTHING):
        ContactPoint.objects.create(
            agency_id=samira.agency_id, person=samira, kind="landline", value="02 5550 198", confirmed_at=cast.NOW
        )
    ask(samira, "voice")
    carry(carrier)
    assert [(p.channel, p.language) for p in carrier.taken] == [("voice", "ar")]
