"""What another body is given of a person: a copy of exact fields, with a reason and an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.agencies.roles import Role
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.people import access, copies, rules
from cortile.people.actions.steps import not_by_phone_code
from cortile.people.models import Person, SharedCopy


@action("copy.given")
def share_copy(
    person: Person, *, by: Actor, to: Agency, fields: Iterable[str], purpose: str, basis: str, evidence: str, until: date,
    need: str = "", thread_id: int | None = None, said_yes: bool = False, supervisor: Staff | None = None, once: str = "",
) -> SharedCopy:  # fmt: skip
    """Give another body a copy of the ticked fields, for ninety days at most. It never sees the person's row.

    A copy given for a request (``thread_id``) ends with it when that leaves the phones.

    Raise ``Refused`` with ``own-body``, ``body-without-reader``, ``field-unknown``, ``field-empty``, ``nothing-ticked``,
    ``purpose-missing``, ``basis-unknown``, ``evidence-missing``, ``yes-missing``, ``supervisor-missing``,
    ``copy-too-long`` or ``copy-over``.
    """
    whose = access.the_one(by, person.pk, "share")
    _check_to(to, whose)
    _check_until(until)
    _check_basis(basis, evidence, whose, said_yes=said_yes, supervisor=supervisor)
    refuse_unless(
        purpose.strip(), "purpose-missing", _("Manca a che cosa serve."), _("Scrivilo in una frase: lo legge la persona.")
    )
    copied = _copied(whose, fields, need)
    row = SharedCopy.objects.create(
        agency=to, source_agency_id=whose.agency_id, person=whose, thread_id=thread_id, fields=copied,
        purpose=purpose.strip(), basis=basis, evidence=_signed(evidence, basis, supervisor), since=clock.today(), until=until,
        shared_by_id=by.id or 0, shared_by_name=by.name, shared_at=clock.now(),
    )  # fmt: skip
    done("C", row, persons=[whose.pk], fields=copied, reason=to.short_name)
    return row


@action("copy.withdrawn")
def withdraw_copy(copy_id: int, *, by: Actor, once: str = "") -> SharedCopy:
    """Take a copy back: from its recipient's next request on it is not there. Raise ``NotVisible`` for anybody else's.

    Raise ``Refused('phone-code')``.
    """
    row = access.the_copy(by, copy_id, "withdraw")
    not_by_phone_code(by)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    done("U", row, persons=[row.person_id], fields=row.fields, reason=row.agency.short_name)
    return row


def end_copies_of(thread_id: int) -> None:
    """Take back whole what was given for a request: part of the act that takes it off phones. The other copies stay.

    Who had it finds it gone, as on its last day; one that lost a single field would say that something happened.
    """
    SharedCopy.objects.filter(thread_id=thread_id, withdrawn_at=None).update(withdrawn_at=clock.now())


def forget_numbers(person: Person) -> None:
    """Take out of a person's copies a number that is not to be called any more: part of the acts that change it."""
    usable = copies.callable_numbers(person)
    for row in SharedCopy.objects.filter(person=person, fields__has_key="phone", withdrawn_at=None):
        if row.fields["phone"] in usable:
            continue
        left = {key: value for key, value in row.fields.items() if key != "phone"}
        SharedCopy.objects.filter(pk=row.pk).update(fields=left, withdrawn_at=None if left else clock.now())


def _check_to(to: Agency, person: Person) -> None:
    refuse_unless(
        to.pk != person.agency_id,
        "own-body",
        _("Questo è il tuo ente."),
        _("Ai colleghi la scheda si apre già: scegli un altro ente."),
    )
    refuse_unless(
        to in agencies.with_role(Role.NETWORK_MANAGER), "body-without-reader", _("In quell'ente nessuno può leggere la copia."),
        _("Scegli un ente dall'elenco."),
    )  # fmt: skip


def _check_until(until: date) -> None:
    today = clock.today()
    refuse_unless(until > today, "copy-over", _("Questa data è già passata."), _("Scegli un giorno da domani in poi."))
    refuse_unless(
        until <= rules.copy_end(today), "copy-too-long", _("Una copia dura al massimo 90 giorni."),
        _("Scegli un giorno più vicino: poi si può rifare."),
    )  # fmt: skip


def _check_basis(basis: str, evidence: str, person: Person, *, said_yes: bool, supervisor: Staff | None) -> None:
    refuse_unless(basis in SharedCopy.BASES, "basis-unknown", _("Questo motivo non esiste."), _("Sceglilo dall'elenco."))
    refuse_unless(
        evidence.strip(), "evidence-missing", _("Manca la frase che lo spiega."), _("Scrivi quando e come, o quale legge.")
    )
    refuse_unless(
        basis != "consent" or said_yes,
        "yes-missing",
        _("La persona non ha detto sì."),
        _("Chiedilo prima a lei, con parole semplici."),
    )
    refuse_unless(
        basis != "urgent_duty" or _leads(supervisor, person), "supervisor-missing", _("Manca la responsabile che lo ha deciso."),
        _("Chiamala adesso e scegli il suo nome."),
    )  # fmt: skip


def _leads(supervisor: Staff | None, person: Person) -> bool:
    return supervisor is not None and supervisor.agency_id == person.agency_id and supervisor.role == Role.LEAD


def _copied(person: Person, fields: Iterable[str], need: str) -> dict[str, str]:
    """Return the values of the ticked fields as they are now: what changes later is not the recipient's to know."""
    ticked, known = list(dict.fromkeys(fields)), copies.offered(person) | {"need": need.strip()}
    refuse_unless(ticked, "nothing-ticked", _("Non hai scelto che cosa condividere."), _("Scegli almeno un dato."))
    refuse_unless(set(ticked) <= set(copies.COPIED), "field-unknown", _("Questo dato non si condivide."), _("Scegli dall'elenco."))
    refuse_unless(
        all(known.get(key) for key in ticked), "field-empty", _("Uno dei dati scelti non c'è."), _("Toglilo, oppure scrivilo.")
    )
    return {key: known[key] for key in copies.COPIED if key in ticked}


def _signed(evidence: str, basis: str, supervisor: Staff | None) -> str:
    """Return the evidence, with who decided when it was urgent."""
    named = f" ({supervisor.display_name})" if basis == "urgent_duty" and supervisor else ""
    return f"{evidence.strip()}{named}"
