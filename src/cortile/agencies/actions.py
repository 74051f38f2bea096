"""Writes about bodies and staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cortile.agencies import access, events, policy, released, rules
from cortile.agencies.models import (
    Absence,
    Agency,
    AgencyHours,
    CountsKey,
    LaneOwner,
    LocalCentre,
    Office,
    PhoneTurn,
    ReleasedCounts,
    Staff,
    Team,
)
from cortile.kit import clock, neutral
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.kit.events import emit
from cortile.kit.signed_counts import Counts
from cortile.kit.working_days import Hours


@action("agency.opened")
def open_agency(*, by: Actor, code: str, hours: list[Hours] | None = None, **details: Any) -> Agency:  # noqa: ANN401 -- the model's own fields
    """Set up a body with its opening hours."""
    access.require(by, "set up")
    agency = Agency.objects.create(code=code, **details)
    AgencyHours.objects.bulk_create(
        AgencyHours(agency=agency, weekday=h.weekday, opens=h.opens, closes=h.closes) for h in hours or []
    )
    done("C", agency)
    return agency


@action("office.opened")
def open_office(agency: Agency, *, by: Actor, name: str, **details: Any) -> Office:  # noqa: ANN401 -- the model's own fields
    """Add an office that answers hand-overs."""
    access.require(by, "set up", of=agency.pk)
    office = Office.objects.create(agency=agency, name=name, **details)
    done("C", office)
    return office


@action("staff.hired")
def hire(agency: Agency, *, by: Actor, email: str, team: str = "", **details: Any) -> Staff:  # noqa: ANN401 -- the model's own fields
    """Add a member of staff. They choose their own passkey or TOTP at the first sign-in."""
    access.require(by, "set up", of=agency.pk)
    member = Staff(agency=agency, email=email.lower(), **details)
    member.set_unusable_password()
    if team:
        member.team, _created = Team.objects.get_or_create(agency=agency, name=team)
    member.save()
    done("C", member)
    return member


@action("staff.deputy_named")
def name_deputy(member: Staff, deputy: Staff, *, by: Actor) -> Staff:
    """Say who answers when somebody is away. Raise ``Refused('deputy-elsewhere')`` for another body's staff."""
    access.require(by, "set up", of=member.agency_id)
    refuse_unless(
        member.agency_id == deputy.agency_id and member.pk != deputy.pk,
        "deputy-elsewhere",
        _("Chi sostituisce deve essere un'altra persona dello stesso ente."),
    )
    member.deputy = deputy
    member.save(update_fields=["deputy"])
    done("U", member, fields=["deputy"])
    return member


@action("lane_owner.named")
def name_lane_owner(agency: Agency, member: Staff, *, by: Actor, lane: str = "social") -> LaneOwner:
    """Say who answers for a lane of a body. Raise ``Refused('owner-elsewhere')`` for who does not work there (any more)."""
    access.require(by, "set up", of=agency.pk)
    refuse_unless(
        member.agency_id == agency.pk and member.is_active,
        "owner-elsewhere",
        _("Chi risponde deve lavorare nello stesso ente."),
        _("Scegli un'altra persona."),
    )
    owner, _created = LaneOwner.objects.update_or_create(agency=agency, lane=lane, defaults={"staff": member})
    done("U", owner, fields=[lane])
    return owner


@action("agency.burst_set")
def set_burst(agency: Agency, *, by: Actor, people: int, minutes: int) -> Agency:
    """Say how many records opened in how many minutes are something to ask about; from then on it is confirmed."""
    access.require(by, "set up", of=agency.pk)
    refuse_unless(
        people > 0 and minutes > 0,
        "burst-impossible",
        _("Scrivi due numeri sopra lo zero."),
        _("Per esempio 30 persone in 15 minuti."),
    )
    agency.burst_people, agency.burst_minutes, agency.burst_to_confirm = people, minutes, False
    agency.save(update_fields=["burst_people", "burst_minutes", "burst_to_confirm"])
    done("U", agency, fields=["bursts"])
    return agency


@action("staff.absence_set")
def set_absence(member: Staff, *, by: Actor, first_day: date, last_day: date) -> Absence:
    """Write days of absence; open requests pass to the deputy in the same transaction."""
    mine = access.may_set_absence(by, member)
    refuse_unless(mine, "not-allowed", _("Puoi scrivere solo le tue assenze."), _("Chiedi a chi coordina."))
    refuse_unless(last_day >= first_day, "absence-backwards", _("L'ultimo giorno viene prima del primo."), _("Correggi le date."))
    absence = Absence.objects.create(staff=member, first_day=first_day, last_day=last_day)
    done("C", absence)
    emit(events.StaffAway(member, first_day, last_day))
    return absence


@action("staff.signed_in")
def record_entry(member: Staff, *, by: Actor) -> Staff:
    """Leave in the audit that somebody came in. The session itself is the login library's."""
    if member.pin_guesses_left != rules.GUESSES:
        member.pin_guesses_left = rules.GUESSES
        member.save(update_fields=["pin_guesses_left"])
    done("E", member)
    return member


@action("staff.pin_set")
def set_pin(member: Staff, *, by: Actor, pin: str) -> Staff:
    """Choose the PIN that opens one's own locked screen. Raise ``Refused('pin-impossible' | 'pin-weak')``."""
    refuse_unless(by.kind == Kind.STAFF and by.id == member.pk, "not-allowed", _("Il PIN lo sceglie solo chi lo usa."))
    refuse_unless(rules.is_pin(pin), "pin-impossible", _("Il PIN ha da quattro a sei cifre."), _("Scrivi solo numeri."))
    refuse_unless(
        not rules.is_weak(pin),
        "pin-weak",
        _("Questo PIN si indovina al primo colpo."),
        _("Scegline uno senza cifre in fila, ripetute, o che sembrano un anno."),
    )
    member.pin_hash, member.pin_guesses_left = make_password(_peppered(member, pin)), rules.GUESSES
    member.save(update_fields=["pin_hash", "pin_guesses_left"])
    done("U", member, fields=["pin"])
    return member


@action("staff.pin_tried")
def try_pin(member: Staff, *, by: Actor, pin: str) -> bool:
    """Tell whether a PIN opens somebody's locked screen. After five wrong ones none does, until the whole sign-in.

    A wrong guess is counted even though nothing opens, so it must not be rolled back by a refusal.
    """
    # Held until the answer: guesses sent all at once wait here and are counted one by one.
    row = Staff.objects.select_for_update(of=("self",)).get(pk=member.pk)
    right = row.pin_guesses_left > 0 and check_password(_peppered(row, pin), row.pin_hash)
    row.pin_guesses_left = rules.GUESSES if right else max(row.pin_guesses_left - 1, 0)
    row.save(update_fields=["pin_guesses_left"])
    member.pin_guesses_left = row.pin_guesses_left
    done("E", member, fields=["pin"] if right else ["wrong_pin"])
    return right


def _peppered(member: Staff, pin: str) -> str:
    """Mix a PIN with the installation's secret: who has only the database cannot try all of its six digits."""
    return salted_hmac("cortile.pin", f"{member.pk}:{pin}", algorithm="sha256").hexdigest()


@action("staff.left")
def off_board(member: Staff, *, by: Actor) -> Staff:
    """Close somebody's account: the next request finds no one signed in, and the deputy holds their requests."""
    access.require(by, "set up", of=member.agency_id)
    member.is_active = False
    member.save(update_fields=["is_active"])
    done("U", member, fields=["is_active"])
    emit(events.StaffAway(member, None, None))
    return member


@action("agency.labels_set")
def set_labels(agency: Agency, labels: Mapping[str, str], *, by: Actor) -> Agency:
    """Say how a body calls its roles, e.g. «operatore di quartiere»."""
    access.require(by, "set up", of=agency.pk)
    agency.labels = {**agency.labels, **labels}
    agency.save(update_fields=["labels"])
    done("U", agency, fields=["labels"])
    return agency


@action("phone_turn.set")
def set_phone_turn(member: Staff, *, by: Actor, weekday: int, opens: time, closes: time) -> PhoneTurn:
    """Say who answers the phone on a weekday, from an hour to another: a turn that starts then is theirs from now on.

    Raise ``Refused('turn-elsewhere' | 'turn-backwards')``.
    """
    access.require(by, "set phone turns", of=member.agency_id)
    refuse_unless(
        member.is_active and member.role in policy.CAPABILITIES["answer the phone"],
        "turn-elsewhere",
        _("Questa persona non risponde al telefono."),
        _("Scegli chi lavora allo sportello, in quartiere o coordina."),
    )
    refuse_unless(closes > opens, "turn-backwards", _("La fine viene prima dell'inizio."), _("Correggi le ore."))
    turn, _created = PhoneTurn.objects.update_or_create(
        agency_id=member.agency_id, weekday=weekday, opens=opens, defaults={"staff": member, "closes": closes}
    )
    done("C", turn, fields=["phone_turns"])
    return turn


@action("phone_turn.removed")
def remove_phone_turn(turn_id: int, *, by: Actor) -> None:
    """Take a turn off the week. One that is not there, or of another body, is already off."""
    access.require(by, "set phone turns")
    PhoneTurn.objects.filter(pk=turn_id, agency_id=by.agency_id or 0).delete()
    done("D", fields=["phone_turns"])


@action("local_centre.written")
def write_local_centre(
    agency: Agency,
    *,
    by: Actor,
    name: str,
    door: str = "",
    address: str = "",
    hours: str = "",
    phone: str = "",
    to_confirm: bool = True,
) -> LocalCentre:
    """Say where, near the blocks, somebody expert can be talked to. Until it is confirmed no tenant reads it.

    Raise ``Refused('door-tells')`` where the name or the door says what it is for.
    """
    access.require(by, "set local centres", of=agency.pk)
    refuse_unless(
        not neutral.tells(f"{name} {door}"),
        "door-tells",
        _("Il nome e la porta non dicono a che cosa serve il posto."),
        _("Scrivi parole neutre, per esempio «consulenze»."),
    )
    facts = {"door": door, "address": address, "hours": hours, "phone": phone, "to_confirm": to_confirm}
    centre, _created = LocalCentre.objects.update_or_create(agency=agency, name=name, defaults=facts)
    done("U", centre, fields=["local_centres"])
    return centre


@action("local_centre.confirmed")
def confirm_local_centre(centre_id: int, *, by: Actor) -> None:
    """Say that what is written of a centre is right: from now on tenants read it. Another body's is left alone."""
    access.require(by, "set local centres")
    LocalCentre.objects.filter(pk=centre_id, agency_id=by.agency_id or 0).update(to_confirm=False)
    done("U", fields=["local_centres"])


@action("local_centre.removed")
def remove_local_centre(centre_id: int, *, by: Actor) -> None:
    """Take a centre off the page. One that is not there, or of another body, is already off."""
    access.require(by, "set local centres")
    LocalCentre.objects.filter(pk=centre_id, agency_id=by.agency_id or 0).delete()
    done("D", fields=["local_centres"])


@action("agency.interpreter_set")
def set_interpreter_phone(agency: Agency, phone: str, *, by: Actor) -> Agency:
    """Say which number interprets, for what no translation may stand for."""
    access.require(by, "set local centres", of=agency.pk)
    agency.interpreter_phone = phone
    agency.save(update_fields=["interpreter_phone"])
    done("U", agency, fields=["interpreter_phone"])
    return agency


@action("counts.loaded")
def load_released(agency: Agency, file: bytes, *, by: Actor, key: bytes = b"", received_by: str = "") -> ReleasedCounts:
    """Take in the counts an association of its own hands over, signed. Its key is kept at the first file, with who received it.

    Raise what ``released.opened`` says, ``Refused('key-missing' | 'key-unreadable' | 'key-nameless' | 'key-other')``, and
    ``Refused('counts-known' | 'counts-changed')`` for three months that were loaded before.
    """
    access.require(by, "import", of=agency.pk)
    counts = released.opened(file, clock.today())
    known = CountsKey.objects.filter(agency=agency, association=counts.association).first()
    given = released.key_in(key) if key else bytes.fromhex(known.public) if known else b""
    refuse_unless(given, "key-missing", _("Non abbiamo ancora la chiave di questa associazione."), _("Fattela dare di persona."))
    same = given == counts.public and (known is None or known.public == counts.public.hex())
    refuse_unless(same, "key-other", _("Il file è firmato con un'altra chiave."), _("Chiama l'associazione prima di fare altro."))
    kept = known or _keep_key(agency, counts, received_by.strip())
    before = ReleasedCounts.objects.filter(key=kept, quarter=str(counts.quarter)).first()
    _refuse_again(before, counts)
    loaded = ReleasedCounts.objects.create(
        agency=agency, key=kept, quarter=str(counts.quarter), counts=dict(counts.cells), loaded_at=clock.now()
    )
    done("C", loaded, of=agency.pk, fields=["counts"])
    return loaded


def _keep_key(agency: Agency, counts: Counts, received_by: str) -> CountsKey:
    refuse_unless(received_by, "key-nameless", _("Manca il nome di chi ha ricevuto la chiave."), _("Scrivi nome e cognome."))
    facts = {"public": counts.public.hex(), "received_by": received_by, "since": clock.now()}
    return CountsKey.objects.create(agency=agency, association=counts.association, **facts)


def _refuse_again(before: ReleasedCounts | None, counts: Counts) -> None:
    changed = before is not None and before.counts != dict(counts.cells)
    refuse_unless(
        not changed,
        "counts-changed",
        _("Per questi tre mesi abbiamo già altri numeri: una volta consegnati non cambiano."),
        _("Chiama l'associazione."),
    )
    refuse_unless(before is None, "counts-known", _("Questo file lo abbiamo già: non cambia niente."))
