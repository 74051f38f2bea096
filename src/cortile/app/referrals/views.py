"""What was sent to services, as its person sees it: ask for oneself, the receipt, did it help, and the permission taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cortile.app.referrals import words
from cortile.app.referrals.forms import AskForm, OutcomeForm
from cortile.directory import reads as directory
from cortile.kit import actor as actors
from cortile.kit import dates
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.people import reads as people
from cortile.referrals import access, actions, fields, reads

NOT_NOW = 409
SOURCE = "it"
# What a person may tell of herself at once; what it is about she writes.
OWN = ("name", "phone", "language", "address", "children_ages")


def of_thread(thread: Any, by: Actor) -> list[words.Told]:  # noqa: ANN401 -- doors import no models
    """Return where a request was sent, in its person's words: nothing to who only helps her."""
    return [words.told(row) for row in reads.of_thread(thread, by=by)]


@opens("tenant alone", methods="GET POST", sample="/casa/chiedi-a-un-servizio/1/")
def ask_service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Let a person write to a service by herself: she ticks what it is told, and a request of hers follows it.

    Never in a session that a code to a telephone opened: whoever holds it would read her data.
    """
    by = actors.current()
    if by.by_phone_code:
        raise access.refuse("phone-code")
    person, service = people.myself(by=by), directory.public_card(service_id)
    known = {f.key: f"{f.label}: {f.value}" for f in reads.preview_of(person, OWN, by=by) if f.value}
    initial = {"given": [key for key in fields.TICKED_AT_FIRST if key in known]}
    form = AskForm(request.POST if request.method == "POST" else None, offered=list(known.items()), initial=initial)
    yes = words.sentence(service.name, get_language() or SOURCE)
    if form.is_valid() and _was_shown(request, yes, form):
        with refusals_on(form):
            said = {"need": form.words["need"], "fields": [*form.words["given"], "need"]}
            once = request.POST.get("once", "")
            made = actions.refer_oneself(person, service, by=by, words=yes.words, language=yes.language, once=once, **said)
            return redirect("app:referral_receipt", made.number)
    status = NOT_NOW if form.refused else form.status
    return render(request, "app/referrals/ask.html", {"service": service, "form": form, "yes": yes}, status=status)


def _was_shown(request: HttpRequest, yes: words.Spoken, form: AskForm) -> bool:
    """Tell whether she was shown these very words: a language chosen meanwhile, or another day, makes others of them."""
    if request.POST.get("read_for", "") == yes.mark:
        return True
    form.add_error(None, _("Hai cambiato che cosa diciamo. Leggi la frase nuova, poi manda."))
    return False


@opens("tenant alone", sample="/casa/invii/1/")
def receipt(request: HttpRequest, referral_number: int) -> HttpResponse:
    """Show what was sent to a service and when we look again; the data themselves to her alone, and how the rent goes to A2."""
    by = actors.current()
    it = reads.the_referral(referral_number, by=by).referral
    shown = {"it": it, "facts": words.facts(it, by), "labels": dates.listed(it.labels, get_language() or SOURCE)}
    return render(request, "app/referrals/receipt.html", shown)


@opens("tenant alone", methods="POST", sample="/casa/invii/1/servito/")
def outcome(request: HttpRequest, referral_number: int) -> HttpResponse:
    """Write whether it helped, as she says: one tap."""
    by, form = actors.current(), OutcomeForm(request.POST)
    found = access.the_referral(by, referral_number, "outcome")
    if not form.is_valid():
        raise Http404
    actions.said_by_person(found, by=by, outcome=form.words["outcome"], once=request.POST.get("once", ""))
    return redirect("app:thread", found.thread.number)


@opens("tenant alone", methods="GET POST", sample="/casa/permessi/1/ritira/")
def withdraw(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Ask once, then take the permission back: from the next request on the service is shown nothing."""
    by = actors.current()
    yes = next((c for c in reads.consents_of(people.myself(by=by), by=by) if c.pk == consent_id), None)
    if yes is None:
        raise Http404
    form = Form({} if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_consent(yes, by=by, once=request.POST.get("once", ""))
            return redirect("app:home")
    shown = {"consent": yes, "form": form, "labels": dates.listed(yes.labels, get_language() or SOURCE)}
    return render(request, "app/referrals/withdraw.html", shown, status=NOT_NOW if form.refused else form.status)
