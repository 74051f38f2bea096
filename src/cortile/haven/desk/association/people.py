"""Who works in the association: who comes in, who lost a phrase, who goes; and one's own phrase."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven.actions import associations, keys_life
from cortile.haven.desk.association.forms import AgainForm, PersonForm, PhraseForm, SureForm
from cortile.haven.desk.association.shown import at_desk, only_once
from cortile.haven.middleware import SHIFT
from cortile.haven.reads import association as reads
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on

HOME = "/lavoro/associazione/"


@opens("lane desk", sample=HOME)
def home(request: HttpRequest) -> HttpResponse:
    """Show who works here, and what may be done."""
    shift, by = at_desk(request)
    shown = {"own": reads.mine(shift), "people": reads.people(shift), "leads": by.role == "lead", "me": by.id}
    return render(request, "haven/desk/association/home.html", shown)


@opens("lane lead", methods="GET POST", sample=f"{HOME}nuova/")
def new(request: HttpRequest) -> HttpResponse:
    """Let somebody in, with a first phrase they change at once."""
    (shift, by), form = at_desk(request), PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            associations.name_operator(shift, by=by, must_change=True, **form.words)
            return redirect(HOME)
    return render(request, "haven/desk/association/new.html", {"form": form}, status=form.status)


@opens("lane lead", sample=f"{HOME}1/")
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show somebody, and what may be done: a new phrase, or the way out."""
    shift, by = at_desk(request)
    shown = {"person": reads.person(shift, number), "me": by.id, "again": AgainForm(), "sure": SureForm()}
    return render(request, "haven/desk/association/person.html", shown)


@opens("lane lead", methods="POST", sample=f"{HOME}1/frase/")
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Give a new phrase to who lost hers."""
    (shift, by), form = at_desk(request), AgainForm(request.POST)
    found = reads.person(shift, number)
    if form.is_valid():
        with refusals_on(form):
            keys_life.let_in_again(shift, found, form.words["phrase"], by=by)
            return redirect(HOME)
    shown = {"person": found, "me": by.id, "again": form, "form": form, "sure": SureForm()}
    return render(request, "haven/desk/association/person.html", shown, status=form.status)


@opens("lane lead", methods="POST", sample=f"{HOME}1/esce/")
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody go, and show the new papers once."""
    (shift, by), form = at_desk(request), SureForm(request.POST)
    found = reads.person(shift, number)
    if form.is_valid():
        with refusals_on(form):
            turned = keys_life.let_go(shift, found, by=by)
            return only_once(request, turned.papers, turned)
    shown = {"person": found, "me": by.id, "again": AgainForm(), "form": form, "sure": form}
    return render(request, "haven/desk/association/person.html", shown, status=form.status)


@opens("lane desk", methods="GET POST", sample="/lavoro/frase/")
def phrase(request: HttpRequest) -> HttpResponse:
    """Change one's own phrase. A first phrase, that somebody else chose, opens this page alone."""
    (shift, by), form = at_desk(request), PhraseForm(request.POST or None)
    me = reads.person(shift, by.id or 0)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if token := keys_life.change_phrase(shift, me, form.words["old"], form.words["new"], by=by):
                request.session.cycle_key()
                request.session[SHIFT] = token
                return redirect("/lavoro/")
            form.add_error("old", "La frase di adesso non è giusta. Riprova.")
    return render(request, "haven/desk/association/phrase.html", {"form": form, "first": me.must_change}, status=form.status)
