"""Copies for other bodies: the form that gives one, the tap that takes it back, and the page of who receives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.agencies import reads as agencies
from cortile.agencies.roles import Role
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.kit.refusals import NotVisible
from cortile.listening import reads as listening
from cortile.people import actions, copies
from cortile.people import reads as people
from cortile.people.behalf import in_place_of
from cortile.people.reads import Card
from cortile.workspace.people.copies_form import ShareForm
from cortile.workspace.people.openings import linked

USUAL = timedelta(days=30)


@opens("shared copies", sample="/scrivania/condivise/")
def received(request: HttpRequest) -> HttpResponse:
    """Show what other bodies share with the reader's: the copies, never anybody's record."""
    return render(request, "workspace/people/copies.html", {"tab": "copies", "found": copies.received(by=current())})


@opens("search people", methods="GET POST", sample="/scrivania/persone/1/condividi/")
@linked
def share(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask what to give, to whom and why; who may only read the card finds nothing here."""
    by, card = current(), people.card(person_id, by=current())
    if not card.whole:
        raise NotVisible
    form = _form(request.POST if request.method == "POST" else None, card, by)
    if form.is_valid():
        with refusals_on(form):
            _give(form, card, by, request.POST.get("once", ""))
            return redirect(f"{reverse('workspace:person', args=[person_id])}?fatto=condividi")
    shown = {"tab": "search", "form": form, "who": card.person}
    return render(request, "workspace/people/share.html", shown, status=form.status)


def _form(data: Any, card: Card, by: Actor) -> ShareForm:  # noqa: ANN401 -- QueryDict of a request
    """Return the form with what there is to give: a delicate request, or one kept off phones, is not among it."""
    whose, own = card.person, by.agency_id or 0
    threads = [t for t in listening.threads(whose, by=by) if not t.delicate and not t.only_in_person]
    return ShareForm(
        data, initial={"until": clock.today() + USUAL},
        bodies=[(str(a.pk), a.name) for a in agencies.with_role(Role.NETWORK_MANAGER) if a.pk != own],
        offered=list(copies.offered(whose).items()), requests=[(str(t.pk), t.title) for t in threads],
        leads=[(str(s.pk), s.display_name) for s in agencies.leads(own)],
    )  # fmt: skip


def _give(form: ShareForm, card: Card, by: Actor, once: str) -> None:
    chosen = form.words["supervisor"]
    actions.share_copy(
        card.person, by=by, to=agencies.agency_by_id(int(form.words["to"])),
        supervisor=agencies.staff(int(chosen)) if chosen else None, once=once, **form.given,
    )  # fmt: skip


@opens("search people", methods="POST", sample="/scrivania/persone/1/copia/1/togli/")
@linked
def withdraw(_request: HttpRequest, person_id: int, copy_id: int) -> HttpResponse:
    """Take a copy back: its recipient's next request does not find it."""
    whose = people.card(person_id, by=current()).person
    if not any(copy.pk == copy_id for copy in copies.given(whose, by=current())):
        raise NotVisible
    actions.withdraw_copy(copy_id, by=in_place_of(current(), whose))
    return redirect(f"{reverse('workspace:person', args=[person_id])}?fatto=togli-copia")
