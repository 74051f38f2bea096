"""T9 «Io e la mia privacy»: what we know of you, who helps you, who has looked. No switch tells what was asked in person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.app.people import words
from cortile.app.people.forms import NewContact, Preferences, When
from cortile.benefits import actions as benefits
from cortile.benefits.reads import wants_no_invitation
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.kit.refusals import NotVisible
from cortile.people import actions as acts
from cortile.people import copies
from cortile.people import reads as people
from cortile.people.reads import Card
from cortile.referrals import reads as referrals

R = TypeVar("R")


@opens("tenant alone", methods="GET POST", sample="/casa/io/")
def me(request: HttpRequest) -> HttpResponse:
    """Show what we know and who has looked; change one thing at a time."""
    by = actors.current()
    card = people.card(by.person_id or 0, by=by)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        form = _act(act, by)(request, card, by) if act in ACTS else None
        if form is None or not form.errors:
            return redirect("app:me")
        wrong = {act: form}
    return render(request, "app/people/me.html", _context(card, by, wrong), status=422 if wrong else 200)


def _act(name: str, by: Actor) -> Act:
    """Return an act of the page; raise ``NotVisible`` for one that a session opened by a telephone's code does not show."""
    if by.by_phone_code and name != "preferences":
        raise NotVisible
    return ACTS[name]


def _context(card: Card, by: Actor, wrong: dict[str, Form]) -> dict[str, Any]:
    person = card.person
    said = {
        "person": person,
        # Who represents her reads what the decree is about, and changes nothing of hers.
        "hers": by.kind == Kind.TENANT,
        "came": words.came_in(by),
        "by_phone": by.by_phone_code,
        "preferences": wrong.get("preferences") or Preferences(person=person, by_phone=by.by_phone_code),
        "form": next(iter(wrong.values()), None),
    }
    return said if by.by_phone_code else said | _apart(card, by, wrong)


def _apart(card: Card, by: Actor, wrong: dict[str, Form]) -> dict[str, Any]:
    """Return what is for her alone, and not for whoever may hold a telephone."""
    person = card.person
    return {
        "points": [(p, When(initial={"when": p.when}, auto_id=f"id_{p.pk}_%s")) for p in card.contact_points],
        "delegations": [d for d in card.delegations if d.until >= clock.today()],
        "representatives": card.representatives,
        "copies": copies.given(person, by=by),
        "consents": [yes for yes in referrals.consents_of(person, by=by, in_use=True) if yes.stands],
        "no_invitations": wants_no_invitation(person.pk),
        "new_contact": wrong.get("new_contact") or NewContact(),
        "seen": words.seen(people.seen_by(person, by=by), person.agency.label),
    }


def _preferences(request: HttpRequest, card: Card, by: Actor) -> Form:
    form = Preferences(request.POST, person=card.person, by_phone=by.by_phone_code)
    if form.is_valid():
        with refusals_on(form):
            acts.set_preferences(card.person, by=by, **form.words)
    return form


def _new_contact(request: HttpRequest, card: Card, by: Actor) -> Form:
    form = NewContact(request.POST)
    if form.is_valid():
        with refusals_on(form):
            acts.add_contact_point(card.person, by=by, kind=form.kind, **form.words)
    return form


def _one(rows: list[R], request: HttpRequest) -> R:
    """Return the row a button names among the person's own; raise ``NotVisible`` for anybody else's."""
    found = next((r for r in rows if str(getattr(r, "pk", "")) == request.POST.get("id", "")), None)
    if found is None:
        raise NotVisible
    return found


def _still_mine(request: HttpRequest, card: Card, by: Actor) -> None:
    acts.confirm_contact_point(_one(card.contact_points, request), by=by, still_right=True)


def _not_mine(request: HttpRequest, card: Card, by: Actor) -> None:
    acts.confirm_contact_point(_one(card.contact_points, request), by=by, still_right=False)


def _when(request: HttpRequest, card: Card, by: Actor) -> Form:
    form, point = When(request.POST), _one([p for p in card.contact_points if p.safe], request)
    if form.is_valid():
        acts.add_contact_point(
            card.person, by=by, kind=point.kind, value=point.value, shared=point.shared, safe=point.safe,
            when=form.cleaned_data["when"], confirmed=True,
        )  # fmt: skip
    return form


def _withdraw(request: HttpRequest, card: Card, by: Actor) -> None:
    acts.withdraw_delegation(_one(card.delegations, request), by=by)


def _take_back(request: HttpRequest, card: Card, by: Actor) -> None:
    acts.withdraw_copy(_one(copies.given(card.person, by=by), request).pk, by=by)


def _stop_invitations(_request: HttpRequest, card: Card, by: Actor) -> None:
    benefits.do_not_invite(card.person, by=by)


def _take_invitations(_request: HttpRequest, card: Card, by: Actor) -> None:
    benefits.may_invite(card.person, by=by)


Act = Callable[[HttpRequest, Card, Actor], Form | None]
ACTS: dict[str, Act] = {
    "preferences": _preferences,
    "new_contact": _new_contact,
    "still_mine": _still_mine,
    "not_mine": _not_mine,
    "when": _when,
    "withdraw": _withdraw,
    "take_back": _take_back,
    "no_invitations": _stop_invitations,
    "invitations": _take_invitations,
}
