"""A referral being written: what may be said of her, the sentence made of it, and the ground it will rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from cortile.agencies import reads as agencies
from cortile.directory import reads as directory
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import reads as listening
from cortile.referrals import fields, reads, rules
from cortile.referrals.bases import Basis, PublicTask, UrgentDuty, Yes
from cortile.workspace.referrals import sentence
from cortile.workspace.referrals.sending_form import URGENT, SendForm
from cortile.workspace.referrals.sentence import Spoken

INSTEAD = "al-posto-di"
# What is written on the form itself, not read of her.
TYPED = frozenset({"need", "notes"})


def the_thread(number: int, by: Actor) -> Any:  # noqa: ANN401 -- doors import no models
    """Return the request somebody may send from. A delicate one is never offered: whoever follows it speaks to the service."""
    whole = listening.whole(number, by=by)
    if "*" not in whole.fields or whole.thread.delicate or whole.thread.state == "closed":
        raise Http404
    return whole.thread


def instead_of(typed: str, thread: Any, by: Actor) -> Any:  # noqa: ANN401 -- doors import no models
    """Return the referral of the same request that this one takes the place of, if any."""
    if not typed:
        return None
    if not typed.isdecimal():
        raise Http404
    found = reads.the_referral(int(typed), by=by).referral
    if found.thread_id != thread.pk:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """What the page of a referral is made from."""

    thread: Any
    service: Any
    instead: Any
    by: Actor
    # What there is to say of her: key → value, only what has one and what the agreement lets go.
    known: dict[str, str]
    agreed: bool

    @classmethod
    def of(cls, number: int, service_id: int, *, instead: str, by: Actor) -> Draft:
        """Return the draft of a request and a published card. Raise ``NotVisible`` or 404."""
        thread = the_thread(number, by)
        service = directory.card(service_id, by=by)
        if service.state != "published":
            raise Http404
        agreement = directory.agreement_with(service.organization, agency_id=thread.agency_id)
        wanted = fields.agreed(agreement.fields) if agreement else frozenset(fields.FIELDS) - rules.ONLY_AGREED
        facts = reads.preview(thread, wanted - TYPED, by=by)
        known = {fact.key: fact.value for fact in facts if fact.value}
        return cls(thread, service, instead_of(instead, thread, by), by, known, agreement is not None)

    @property
    def check_on(self) -> date:
        """Return the day we look again when nobody chose one."""
        return rules.usual_check(clock.today(), rules.Calendar(self.thread.agency.holiday_subdivision))

    @property
    def said_no(self) -> str:
        """Return the note of a no."""
        return _("Ha detto no all'invio a «%(service)s». Non abbiamo mandato niente.") % {"service": self.service.name}

    def form(self, data: Any = None, *, asks: bool = True) -> SendForm:  # noqa: ANN401 -- QueryDict of a request
        """Return the form; without ``asks`` the ground may still be missing."""
        before = self.instead
        offered = [(key, f"{fields.FIELDS[key].label}: {value}") for key, value in self.known.items()]
        ticked = before.fields if before else fields.TICKED_AT_FIRST
        leads = [(s.pk, s.display_name) for s in agencies.leads(self.thread.agency_id) if s.pk != self.by.id]
        return SendForm(
            data, offered=offered, leads=leads, agreed=self.agreed, asks=asks,
            initial={
                "given": [key for key in ticked if key in self.known], "need": before.need if before else self.thread.title,
                "notes": before.notes if before else "", "until": clock.today() + rules.LONGEST_CONSENT, "check_on": self.check_on,
            },
        )  # fmt: skip

    def sentence(self, form: SendForm, language: str = "") -> Spoken:
        """Return the sentence of what the form says now, in her language or in another."""
        said = {"need": form.now("need"), "until": form.now("until"), "language": language or self.thread.person.language}
        return sentence.spoken(self.service.name, self.service.organization.name, form.ticked_now, **said)

    def unread(self, form: SendForm) -> Spoken | None:
        """Return the draft of the sentence in her language, for the interpreter, where nobody has read the translation yet."""
        said = {"need": form.now("need"), "until": form.now("until"), "language": self.thread.person.language}
        found = sentence.in_words(self.service.name, self.service.organization.name, form.ticked_now, **said)
        return found if found.language != self.sentence(form).language else None

    def key(self, form: SendForm) -> str:
        """Return what tells whether the sentence read aloud, and what it would give, are still those of the form."""
        given = [f"{key}: {self.known[key]}" for key in fields.FIELDS if key in form.ticked_now and key in self.known]
        return sentence.fingerprint(self.sentence(form), [*given, (form.now("notes") or "").strip()])

    def was_read(self, form: SendForm, read_for: str) -> bool:
        """Tell whether her yes was to this very sentence: what was ticked after it was read must be read again."""
        if not form.words["basis"] or form.words["apart"] or read_for == self.key(form):
            return True
        form.add_error(None, _("Hai cambiato che cosa diciamo. Leggi la frase nuova, poi manda."))
        return False

    def basis(self, form: SendForm) -> Basis:
        """Return the ground of the referral."""
        said = form.words
        if not said["apart"]:
            read = self.sentence(form)
            return Yes(read.words, said["basis"], read.language, said["until"])
        if said["apart"] == URGENT:
            return UrgentDuty(agencies.staff(said["supervisor"]), said["notice"])
        return PublicTask(said["notice"])
