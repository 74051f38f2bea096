"""Opening a record with no current tie: in front of us, absent, or by breaking the glass; and looking at it again."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.agencies import reads as agencies
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.refusals import NotVisible
from cortile.people import access, openings, rules
from cortile.people.actions.steps import by_an_operator
from cortile.people.events import GlassBroken
from cortile.people.models import Person, RecordOpening
from cortile.people.words import ABSENT_LABELS, BY_CONTACT, VERDICT_LABELS


def open_for(person: Person, by: Actor, kind: str, life: timedelta, code: str = "", sentence: str = "") -> RecordOpening:
    """Write why somebody opens a record. Part of the acts that open one."""
    now = clock.now()
    return RecordOpening.objects.create(
        agency_id=person.agency_id, person=person, staff_id=by.id or 0, kind=kind, code=code, sentence=sentence.strip(),
        at=now, until=now + life,
    )  # fmt: skip


def tie_by_contact(person: Person, by: Actor) -> None:
    """Tie somebody to the one person they have just spoken with, for as long as a tap would. Part of the acts that log a talk."""
    if not access.openings_of(by).filter(person=person).exists():
        open_by_contact(person, by=by)


# The acts are reads with a reason, so that what is hidden from a list hides them too (``kit.told``).


@action("record.opened_in_front")
def open_in_front(person: Person, *, by: Actor, once: str = "") -> RecordOpening:
    """Open a record because the person is here: one tap, told to her, some looked at again. Raise ``NotVisible``."""
    access.require(by, person.pk)
    by_an_operator(by)
    opening = open_for(person, by, "in_front", rules.OPEN_FOR)
    done("R", opening, persons=[person.pk], fields=["record"], reason=_("La persona era qui."))
    return opening


@action("record.opened_by_contact")
def open_by_contact(person: Person, *, by: Actor) -> RecordOpening:
    """Open a record because of a talk with the person: told to her and drawn for the sample like a tap. Raise ``NotVisible``."""
    access.require(by, person.pk)
    by_an_operator(by)
    opening = open_for(person, by, "in_front", rules.OPEN_FOR, code=BY_CONTACT)
    done("R", opening, persons=[person.pk], fields=["record"])
    return opening


@action("record.opened_absent")
def open_absent(person: Person, *, by: Actor, code: str, sentence: str, once: str = "") -> RecordOpening:
    """Open a record of somebody who is not here, saying why.

    Raise ``NotVisible``, ``Refused('code-unknown')`` or ``('reason-too-short')``.
    """
    access.require(by, person.pk)
    by_an_operator(by)
    refuse_unless(code in ABSENT_LABELS, "code-unknown", _("Scegli un motivo dall'elenco."))
    _says(sentence, rules.SHORTEST_REASON)
    opening = open_for(person, by, "absent", rules.OPEN_FOR, code, sentence)
    why = f"{ABSENT_LABELS[code]}: {opening.sentence}"
    done("R", opening, persons=[person.pk], fields=["record"], reason=why)
    return opening


def _says(reason: str, letters: int) -> None:
    refuse_unless(
        rules.says_enough(reason, letters), "reason-too-short",
        _("Il motivo è troppo corto."), _("Scrivi una frase: che cosa è successo, chi l'ha chiesto."),
    )  # fmt: skip


@action("glass.broken")
def break_glass(
    *, by: Actor, reason: str, card_number: str = "", name: str = "", born: date | None = None, once: str = ""
) -> RecordOpening | None:
    """Open for three hours the record of somebody of the body outside one's area; a second person looks at it after.

    Return None when what was typed is of no one person: the same answer whatever was wrong, and the attempt stays written.
    Raise ``Refused`` with ``not-allowed``, ``reason-too-short``, ``glass-frozen`` or ``glass-not-needed``.
    """
    staff_access.require(by, "break glass")
    by_an_operator(by)
    _says(reason, rules.SHORTEST_EMERGENCY)
    refuse_unless(
        not openings.is_frozen(by), "glass-frozen",
        _("Una tua apertura di emergenza aspetta ancora un controllo."),
        _("Chiedi a chi coordina di controllarla. Tutto il resto funziona."),
    )  # fmt: skip
    person = access.known_exactly(by, card_number=card_number, name=name, born=born)
    if person is None:
        done("R", fields=["no_match"], reason=reason)
        return None
    refuse_unless(
        not access.visible_to(by).filter(pk=person.pk).exists(), "glass-not-needed",
        _("Questa scheda la puoi già aprire."), _("Cercala per nome: non serve l'emergenza."),
    )  # fmt: skip
    return _broken(person, by, reason)


def _broken(person: Person, by: Actor, reason: str) -> RecordOpening:
    opening = open_for(person, by, "glass", rules.GLASS_FOR, sentence=reason)
    done("R", opening, persons=[person.pk], fields=["record"], reason=opening.sentence)
    to = agencies.reviewer_of(person.agency_id, "social", but=by.id)
    emit(GlassBroken(opening, to, openings.due_of(opening, person.agency)))
    return opening


@action("glass.reviewed")
def review_glass(opening: RecordOpening, *, by: Actor, verdict: str, note: str = "") -> RecordOpening:
    """Say, as a second person, whether breaking the glass was right; if not, the record closes at once.

    Raise ``NotVisible``, ``Refused('review-own')``, ``('verdict-unknown')``, ``('note-missing')`` or ``('already-reviewed')``.
    """
    return _reviewed(opening, by, verdict, note, {"kind": "glass"})


@action("record.opening_reviewed")
def review_sampled(opening: RecordOpening, *, by: Actor, verdict: str, note: str = "") -> RecordOpening:
    """Say whether an opening of the month's sample was right. Raise as ``review_glass``."""
    return _reviewed(opening, by, verdict, note, {"sampled_at__isnull": False})


def _reviewed(opening: RecordOpening, by: Actor, verdict: str, note: str, which: dict[str, object]) -> RecordOpening:
    found = access.openings_to_review(by).select_for_update(of=("self",)).filter(pk=opening.pk, **which).first()
    if found is None:
        raise NotVisible
    refuse_unless(
        found.staff_id != by.id, "review-own", _("Non puoi controllare una tua apertura."), _("La controlla un'altra persona.")
    )
    refuse_unless(verdict in VERDICT_LABELS, "verdict-unknown", _("Scegli: va bene o non va bene."))
    refuse_unless(verdict == "fine" or note.strip(), "note-missing", _("Scrivi perché non va bene."))
    refuse_unless(not found.verdict, "already-reviewed", _("Questa apertura è già stata controllata."))
    now = clock.now()
    found.verdict, found.review_note, found.reviewed_by_id, found.reviewed_at = verdict, note.strip(), by.id, now
    if verdict == "not_fine" and found.at < now < found.until:
        found.until = now
    found.save(update_fields=["verdict", "review_note", "reviewed_by", "reviewed_at", "until"])
    done("U", found, persons=[found.person_id], fields=["record"], reason=str(VERDICT_LABELS[verdict]))
    return found
