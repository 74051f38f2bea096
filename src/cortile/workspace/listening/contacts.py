"""S2 «Registra contatto»: thirty seconds, nothing lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from cortile.agencies.policy import can
from cortile.homes import reads as homes
from cortile.kit import drafts
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens, written
from cortile.kit.forms import refusals_on, typed
from cortile.listening import access, actions, reads
from cortile.people import reads as people
from cortile.people.reads import Found
from cortile.workspace.listening.contacts_forms import ContactForm
from cortile.workspace.people.openings import linked_request

DRAFT = "contact"
PAGE = "workspace/listening/contact.html"


@opens("record contact", methods="GET POST", sample="/scrivania/contatto/")
def record_contact(request: HttpRequest) -> HttpResponse:
    """Record a contact. Two buttons of the form only look: for a person, or for the page that registers one."""
    by = current()
    if request.method != "POST":
        return _page(request, ContactForm(by=by, initial=_initial(request, by)))
    if request.POST.get("act") == "search":
        return _page(request, _looking(request, by))
    if request.POST.get("act") == "register":
        return _to_registration(request)
    form = ContactForm(request.POST, by=by)
    if form.is_valid():
        with refusals_on(form):
            answer = _saved(form, by, request.POST.get("once", ""))
            drafts.drop(by, _key(request))
            return answer
    return _page(request, form)


def _saved(form: ContactForm, by: Actor, once: str) -> HttpResponse:
    persons = people.these(form.chosen, by=by)
    if not form.opens_request:
        done_what = form.cleaned_data["done_what"]
        actions.record_contact(by=by, done_what=done_what, persons=persons, once=once, **form.contact(by))
        return redirect(_again())
    thread = actions.record_request(persons, form.asked, by=by, once=once, **form.contact(by))
    seen = access.visible_to(by).filter(pk=thread.pk).exists()
    return redirect("workspace:receipt", thread.number) if seen else redirect(_again())


def _again() -> str:
    return f"{reverse('workspace:record_contact')}?salvato=1"


def _key(request: HttpRequest) -> str:
    """Return which draft this is: one begun at somebody's own page is never mixed with the one left open elsewhere."""
    if request.method == "POST":
        where = drafts.slot(request.POST.get(drafts.FIELD, ""))
        return where.key if where else DRAFT
    person = request.GET.get("persona", "")
    return f"{DRAFT}:{person}" if person.isdecimal() else DRAFT


def _initial(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """Return what was left unfinished over the presidio's defaults; the address may name a person and an act."""
    here = homes.place_now(by.id or 0)
    start: dict[str, Any] = {"channel": "in_person", "minutes": 10, "place": str(here.pk) if here else "", "urgency": "normal",
                             "answer_by": "phone"}  # fmt: skip
    kept = typed(drafts.find(by, _key(request)))
    ticked = [*kept.getlist("persons"), *request.GET.getlist("persona"), *request.GET.getlist("nuova")]
    wanted = {"done_what": request.GET["fatto"]} if "fatto" in request.GET else {}
    return start | kept.dict() | wanted | {"persons": ticked}


def _looking(request: HttpRequest, by: Actor) -> ContactForm:
    """Return the form with everything as it was typed, and no complaint about what is still missing."""
    return ContactForm(by=by, initial=request.POST.dict() | {"persons": request.POST.getlist("persons")})


def _to_registration(request: HttpRequest) -> HttpResponse:
    where = drafts.slot(request.POST.get(drafts.FIELD, ""))
    if where is not None:
        drafts.keep(where, written(request), title=request.POST.get("titolo", ""))
    query = urlencode({"nome": request.POST.get("q", ""), "torna": "contatto"})
    return redirect(f"{reverse('workspace:register_person')}?{query}")


def _page(request: HttpRequest, form: ContactForm) -> HttpResponse:
    by = current()
    asks = can(by, "search people")
    chosen = people.these(form.chosen, by=by) if asks else []
    query = (form["q"].value() or "") if asks else ""
    shown = {
        "tab": "contact",
        "form": form,
        "draft_key": _key(request),
        "asks": asks,
        "chosen": chosen,
        "found": _found(query, by, {p.pk for p in chosen}),
        "saved": "salvato" in request.GET and not form.is_bound,
        "mine": reads.my_contacts_today(by=by),
    }
    return render(request, PAGE, shown, status=form.status)


def _found(query: str, by: Actor, chosen: set[int]) -> Found | None:
    if len(query.strip()) < people.SHORTEST_SEARCH:
        return None
    found = people.find(query, by=by)
    return Found(query, [p for p in found.rows if p.pk not in chosen], by_stair=found.by_stair, more=found.more)


@opens("search people", sample="/scrivania/contatto/chi/?q=bram")
def who(request: HttpRequest) -> HttpResponse:
    """Return the choices for what is being typed: a part of the page, for the browser's own help."""
    found = _found(request.GET.get("q", ""), current(), set())
    return render(request, "workspace/listening/who.html", {"found": found})


@opens("search people", sample="/scrivania/richieste/1042/ricevuta/")
@linked_request
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Say the number, the date and who follows: what the person takes home."""
    thread = reads.just_opened(number, by=current())
    prints = access.may(current(), "sheet", thread)
    return render(request, "workspace/listening/receipt.html", {"tab": "contact", "thread": thread, "prints": prints})
