"""T7 «Affitto e bollette»: what is owed, said without fear; and «Non riesco a pagare», three screens to an hour with a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.accounts import reads as accounts
from cortile.agenda import actions as agenda
from cortile.agenda import call_backs
from cortile.app.rent import receipts, words
from cortile.app.rent.forms import Here, Hour
from cortile.app.rent.receipts import Talk
from cortile.kit import actor as actors
from cortile.kit.actor import Actor, Kind
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.kit.refusals import NotVisible
from cortile.listening import access
from cortile.listening import reads as listening
from cortile.people import reads as people
from cortile.people.access import reads_her_numbers

CHIP, TOPIC = "rent", "bills"
# The last word of an address, and how the answer then comes.
WAYS = {"telefono": "phone", "spazio": "visit", "qui": "app"}


@opens("tenant", sample="/casa/conti/")
def rent(request: HttpRequest) -> HttpResponse:
    """Say what is owed and since when, that nothing is, or that we do not know; what protects stands beside."""
    by = _about_rent()
    found = accounts.my_rent(by=by)
    rows = [
        {
            "account": a,
            "protections": [words.protection(p) for p in a.protected_by],
            "arrears": words.arrears(a.balance_cents) if a.standing == "owes" else None,
        }
        for a in found.accounts
    ]
    context = {"mine": found, "rows": rows, "herself": by.kind == Kind.TENANT, "open": listening.similar_open(by=by, chip=CHIP)}
    return render(request, "app/rent/rent.html", context)


@opens("tenant", sample="/casa/conti/lettere/")
def letters(request: HttpRequest) -> HttpResponse:
    """Explain the letters that frighten."""
    _about_rent()
    return render(request, "app/rent/letters.html", {"letters": words.letters()})


@opens("tenant", sample="/casa/conti/parliamone/")
def talk(request: HttpRequest) -> HttpResponse:
    """Ask how to talk, and nothing else: no reason comes before help."""
    by = _about_rent()
    phone = people.phone_of(people.myself(by=by))
    context = {
        "phone": bool(phone),
        "number": phone if reads_her_numbers(by) else "",
        # Whoever came in with a code on a telephone could not read the answer here.
        "here": not by.by_phone_code,
        "open": listening.similar_open(by=by, chip=CHIP),
    }
    return render(request, "app/rent/talk.html", context)


@opens("tenant", methods="GET POST", sample="/casa/conti/parliamone/telefono/")
def hour(request: HttpRequest, way: str) -> HttpResponse:
    """Offer a few hours and fix one."""
    by = _about_rent()
    if way not in WAYS or (way == "qui" and by.by_phone_code):
        raise Http404
    place, hours = _hours(WAYS[way], by)
    form = _form(request, WAYS[way], hours)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return _agree(request, form, WAYS[way], place, by)
    context = {"form": form, "way": WAYS[way], "place": place, "hours": hours}
    return render(request, "app/rent/hour.html", context, status=form.status)


def _hours(way: str, by: Actor) -> tuple[str, Sequence[datetime]]:
    person = people.myself(by=by)
    if way == "visit":
        place, hours = call_backs.visit_hours(person, by=by)
        return (place.line if place else ""), hours
    return "", call_backs.call_back_hours(person, by=by) if way == "phone" else []


def _form(request: HttpRequest, way: str, hours: Sequence[datetime]) -> Hour | Here:
    data = request.POST if request.method == "POST" else None
    return Here(data) if way == "app" else Hour(data, label=words.WHEN[way], hours=hours)


def _agree(request: HttpRequest, form: Hour | Here, way: str, place: str, by: Actor) -> HttpResponse:
    thread = agenda.ask_to_talk(
        people.myself(by=by), by=by, way=way, chip=CHIP, topic=TOPIC, title=words.TITLE, starts_at=form.at,
        words=form.cleaned_data.get("story", ""), once=request.POST.get("once", ""),
    )  # fmt: skip
    fixed = Talk(way, form.at.isoformat() if form.at else "", place)
    receipts.keep(request.session, thread, fixed, shown=access.visible_to(by).filter(pk=thread.pk).exists())
    return redirect("app:rent_agreed", thread.number)


@opens("tenant", sample="/casa/conti/fatto/1001/")
def agreed(request: HttpRequest, number: int) -> HttpResponse:
    """Say the number, when we talk and with whom."""
    receipt, fixed = receipts.find(number, by=_about_rent(), session=request.session)
    return render(request, "app/rent/agreed.html", {"receipt": receipt, "talk": fixed})


def _about_rent() -> Actor:
    """Return who reads. Who helps with other matters finds nothing here: raise ``NotVisible``."""
    by = actors.current()
    if not access.may_ask_about(by, CHIP):
        raise NotVisible
    return by
