"""S4 «Persona»: read in fifteen seconds, before the door opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.accounts import reads as accounts
from cortile.agenda import reads as agenda
from cortile.benefits import actions as benefits
from cortile.benefits.reads import wants_no_invitation
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.listening import reads as listening
from cortile.messages import reads as messages
from cortile.messages import sheet
from cortile.people import actions, copies, openings
from cortile.people import reads as people
from cortile.people.behalf import in_place_of
from cortile.people.words import DOCUMENT_LABELS
from cortile.workspace.people.openings import linked, why


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: a contact, or a request from when it was opened."""

    at: datetime
    kind: str
    thing: object


@opens("search people", sample="/scrivania/persone/1/")
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show who, how to reach them safely, what is open, what happened."""
    by, tie = current(), openings.tie_to(person_id, by=current())
    if tie is None:
        return why(request, person_id)
    card = people.card(person_id, by=by)
    whose = card.person
    threads = listening.threads(whose, by=by, closed_too=True)
    contacts = listening.contacts_of(whose, by=by)
    moments = [Moment(c.at, "contact", c) for c in contacts] + [Moment(t.opened_at, "thread", t) for t in threads]
    shown = {
        "tab": "search",
        "card": card,
        "who": whose,
        "phone": people.phone_of(whose),
        "glass": tie.glass_until,
        "open": [t for t in threads if t.state != "closed"],
        "hidden": listening.hidden_from(whose, by=by),
        "moments": sorted(moments, key=lambda m: m.at, reverse=True),
        "done": request.GET.get("fatto", ""),
    }
    return render(request, "workspace/people/person.html", shown | _beside(card, by))


def _beside(card: people.Card, by: Actor) -> dict[str, Any]:
    """Return what only somebody who sees the whole record needs."""
    whose = card.person
    coming = {"appointments": agenda.coming_of(whose.pk, by=by)}
    if not card.whole:
        return coming
    number = next((c.value for c in card.contact_points if c.kind != "email"), "")
    alike = people.possible_duplicates(by=by, name=whose.full_name, born=whose.birth_date, phone=number, but=whose.pk)
    return coming | {
        "alike": alike,
        "no_invitations": wants_no_invitation(whose.pk),
        "known_by": people.identification_of(whose),
        "documents": list(DOCUMENT_LABELS.items()),
        "rent": accounts.rent_of(whose.pk, by=by),
        "copies": copies.given(whose, by=by),
        "messages": messages.to_person(whose.pk, by=by, limit=5),
    }


Act = Callable[[people.Card, HttpRequest, Actor], object]


def _one(rows: list[Any], text: str) -> Any:  # noqa: ANN401 -- a row of the card
    found = next((r for r in rows if str(r.pk) == text), None)
    if found is None:
        raise Http404
    return found


def _number(card: people.Card, request: HttpRequest, by: Actor) -> object:
    point = _one(card.contact_points, request.POST.get("recapito", ""))
    return actions.confirm_contact_point(point, by=in_place_of(by, card.person), still_right=request.POST.get("giusto") == "1")


def _in_person(card: people.Card, request: HttpRequest, by: Actor) -> object:
    return actions.choose_in_person(card.person, by=in_place_of(by, card.person), only_in_person=request.POST.get("scelta") == "1")


def _apart(card: people.Card, request: HttpRequest, by: Actor) -> object:
    other = request.POST.get("diversa", "")
    found = people.these([int(other)] if other.isdecimal() else [], by=by, action="edit")
    return actions.tell_apart(card.person, _one(found, other), by=by)


def _withdraw(card: people.Card, request: HttpRequest, by: Actor) -> object:
    delegation = _one(card.delegations, request.POST.get("delega", ""))
    return actions.withdraw_delegation(delegation, by=in_place_of(by, card.person))


def _no_invitations(card: people.Card, request: HttpRequest, by: Actor) -> object:
    act = benefits.do_not_invite if request.POST.get("scelta") == "1" else benefits.may_invite
    return act(card.person, by=in_place_of(by, card.person))


ACTS: dict[str, Act] = {
    "inviti": _no_invitations,
    "numero": _number,
    "di-persona": _in_person,
    "diversa": _apart,
    "togli-delega": _withdraw,
}


@opens("search people", methods="POST", sample="/scrivania/persone/1/numero/")
@linked
def person_act(request: HttpRequest, person_id: int, act: str) -> HttpResponse:
    """Do a one-tap act to a person's record, and come back to it."""
    if act not in ACTS:
        raise Http404
    ACTS[act](people.card(person_id, by=current()), request, current())
    return redirect(f"{reverse('workspace:person', args=[person_id])}?fatto={act}")


@opens("search people", methods="POST", sample="/scrivania/persone/1/codice.pdf")
@linked
def code_sheet(request: HttpRequest, person_id: int) -> HttpResponse:
    """Print a new sign-in code. It is in clear on this paper only, so the answer is the paper itself, never an address."""
    by, whose = current(), people.one(person_id, by=current())
    asked = {"card_number": request.POST.get("tessera", ""), "document": request.POST.get("documento", "")}
    row, code = actions.issue_paper_code(whose, by=by, **asked)
    said = sheet.CodeSheet(
        card_number=row.card_number, code=code, valid_until=row.expires_at.date(), page=f"{settings.PUBLIC_ADDRESS}/casa/entra/",
        phone=whose.agency.phone, agency=whose.agency.short_name, language=whose.language,
    )  # fmt: skip
    response = HttpResponse(sheet.code_sheet(said), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="codice.pdf"'
    return response
