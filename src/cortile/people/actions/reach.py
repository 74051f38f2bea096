"""How a person is reached, and what she has chosen."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cortile.agencies.models import Staff
from cortile.kit import clock, drafts
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.kit.events import emit
from cortile.people import access, ways
from cortile.people.actions.copies import forget_numbers
from cortile.people.actions.steps import by_an_operator, index, may_edit, not_by_phone_code
from cortile.people.events import PersonKeptOffPhones
from cortile.people.models import (
    ContactPoint,
    NotTheSame,
    Person,
)


@action("contact_point.added")
def add_contact_point(
    person: Person, *, by: Actor, kind: str, value: str, shared: bool = False, safe: bool = True, when: str = "",
    confirmed: bool = False,
) -> ContactPoint:  # fmt: skip
    """Add or correct a way to reach a person; what is not safe is never used, nor what only a phone has said.

    Raise ``Refused`` with ``contact-missing`` or ``phone-code``.
    """
    may_edit(by, person)
    not_by_phone_code(by)
    refuse_unless(kind in ContactPoint.KINDS and value.strip(), "contact-missing", _("Manca il numero o l'indirizzo."))
    said: dict[str, object] = {
        "kind": kind, "shared": shared, "safe": safe, "to_confirm": False, "when": when,
        "confirmed_at": clock.now() if confirmed else None,
    }  # fmt: skip
    if confirmed:
        said["bounced_at"] = None
    if not access.asks_her(by):
        said |= _from_a_phone(person.contact_points.filter(value=value.strip()).first(), shared=shared)
    point, _created = ContactPoint.objects.update_or_create(person=person, value=value.strip(), defaults=said)
    index(person)
    forget_numbers(person)
    done("C", point, persons=[person.pk], fields=["contact"])
    return point


def _from_a_phone(known: ContactPoint | None, *, shared: bool) -> dict[str, object]:
    """Return what a phone may not say: that a number is hers, when we did not use it; that a shared one is hers alone."""
    others = shared or (known is not None and known.shared)
    if known is not None and known.safe:
        return {"shared": others, "safe": True}
    return {"shared": others, "safe": False, "to_confirm": True, "confirmed_at": None}


@action("contact_point.confirmed")
def confirm_contact_point(point: ContactPoint, *, by: Actor, still_right: bool) -> ContactPoint:
    """Answer «È ancora il tuo numero?» in one tap; a wrong number is kept as not to be used.

    One that was added on a phone is used from when an operator says that it is right, never before.
    Raise ``Refused('phone-code')``.
    """
    may_edit(by, point.person)
    not_by_phone_code(by)
    asked = point.to_confirm and access.asks_her(by)
    point.safe = still_right and (point.safe or asked)
    point.to_confirm = still_right and point.to_confirm and not asked
    point.confirmed_at = clock.now() if point.safe else None
    # «Sì, è mio»: what came back from there was a bad day of the network's, or the number is in use again.
    point.bounced_at = None if point.safe else point.bounced_at
    point.save(update_fields=["confirmed_at", "safe", "to_confirm", "bounced_at"])
    forget_numbers(point.person)
    done("U", point, persons=[point.person_id], fields=["contact"])
    return point


@action("contact_point.bounced")
def contact_bounced(person: Person, *, by: Actor, value: str, sent_at: datetime | None = None) -> ContactPoint | None:
    """Remember that a message came back: nothing more goes there until the person says that it is still hers.

    What left before she last said so proves nothing against it.
    """
    since = Q(confirmed_at=None) | Q(confirmed_at__lte=sent_at or clock.now())
    point = person.contact_points.filter(since, value=value, bounced_at=None).first()
    if point is not None:
        point.bounced_at, point.confirmed_at = clock.now(), None
        point.save(update_fields=["bounced_at", "confirmed_at"])
    done("U", point, persons=[person.pk] if point else [], fields=["contact"])
    return point


@action("person.in_person_chosen")
def choose_in_person(person: Person, *, by: Actor, only_in_person: bool) -> Person:
    """Write «solo di persona»: from now on no phone shows her requests. Only an operator, never the app."""
    may_edit(by, person)
    by_an_operator(by)
    person.only_in_person = only_in_person
    person.save(update_fields=["only_in_person"])
    if only_in_person:
        _empty_phones(person)
    forget_numbers(person)
    done("U", person, persons=[person.pk], fields=["only_in_person"])
    return person


def _empty_phones(person: Person) -> None:
    """Forget what was being written on her phone, and on those of who helps her or represents her."""
    helpers = [(Kind.DELEGATE, pk) for pk in person.delegations.values_list("pk", flat=True)]
    guardians = [(Kind.REPRESENTATIVE, pk) for pk in person.representatives.values_list("pk", flat=True)]
    phones = ((Kind.TENANT, person.pk), *helpers, *guardians)
    for kind, number in phones:
        drafts.forget(kind, number)
    emit(PersonKeptOffPhones(person, phones))


@action("person.preferences_set")
def set_preferences(
    person: Person, *, by: Actor, language: str | None = None, needs_interpreter: bool | None = None,
    discreet: bool | None = None, visits_welcome: bool | None = None, channel: str | None = None,
    quiet: tuple[int, ...] | None = None,
) -> Person:  # fmt: skip
    """Change language, interpreter, discreet messages, visits, where messages go first, and when none does (``()``: as the body).

    Raise ``Refused`` with ``way-missing``, ``quiet-hours`` or ``phone-code``.
    """
    may_edit(by, person)
    wanted = {
        "language": language, "needs_interpreter": needs_interpreter, "discreet": discreet, "visits_welcome": visits_welcome,
        "channel": channel, **_hours(quiet),
    }  # fmt: skip
    changed = {k: v for k, v in wanted.items() if v is not None or (k.startswith("quiet") and quiet is not None)}
    _check_channel(person, channel)
    if (channel or person.channel) != person.channel or (discreet is False and person.discreet):
        not_by_phone_code(by)
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        person.save(update_fields=list(changed))
    done("U", person, persons=[person.pk], fields=changed)
    return person


def _hours(quiet: tuple[int, ...] | None) -> dict[str, int | None]:
    """Return the two hours between which nothing leaves, none for the body's own; raise ``Refused('quiet-hours')``."""
    if not quiet:
        return {"quiet_from": None, "quiet_until": None}
    refuse_unless(
        len(quiet) == len(set(quiet)) == 2 and set(quiet) <= set(ways.HOURS), "quiet-hours",  # noqa: PLR2004 -- from, until
        _("Servono due ore diverse."), _("Scegli da che ora e fino a che ora non scriviamo, oppure lascia vuote tutte e due."),
    )  # fmt: skip
    return {"quiet_from": quiet[0], "quiet_until": quiet[1]}


def _check_channel(person: Person, channel: str | None) -> None:
    """Raise ``Refused('way-missing')`` for a way nothing would reach her by. One she chose before stays hers."""
    if channel is None or channel == person.channel:
        return
    refuse_unless(
        channel in ways.CHANNELS and ways.leads_to(person, channel), "way-missing",
        _("Per questa strada non possiamo scrivere: manca un numero, un indirizzo o il codice fiscale."),
        _("Scegline un'altra, oppure portaci quello che manca allo Spazio."),
    )  # fmt: skip


@action("person.not_the_same")
def tell_apart(one: Person, other: Person, *, by: Actor) -> NotTheSame:
    """Remember that two persons are not the same one."""
    may_edit(by, one)
    may_edit(by, other)
    first, second = sorted((one, other), key=lambda p: p.pk)
    decided, _created = NotTheSame.objects.get_or_create(
        one=first, other=second,
        defaults={"decided_by": Staff.objects.get(pk=by.id or 0), "decided_at": clock.now()},
    )  # fmt: skip
    done("C", decided, persons=[one.pk, other.pk])
    return decided
