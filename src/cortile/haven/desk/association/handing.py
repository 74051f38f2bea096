"""Packages: one record to another association, on her yes; and what another one sends."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven import packages
from cortile.haven.actions import packages as actions
from cortile.haven.desk.association.forms import CardForm, HandOverForm, LoadForm
from cortile.haven.desk.association.shown import as_file, at_desk
from cortile.haven.reads import association as reads
from cortile.haven.reads import records
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on

SAMPLE = "00000000-0000-4000-8000-000000000000"


@opens("lane desk", sample="/lavoro/pacchi/")
def index(request: HttpRequest) -> HttpResponse:
    """Say how a package is made and how one is loaded, and choose the record."""
    shift, by = at_desk(request)
    return render(
        request, "haven/desk/association/packages.html", {"records": records.every(shift, by=by), "card": reads.card(shift)}
    )


@opens("lane desk", methods="GET POST", sample=f"/lavoro/pacchi/{SAMPLE}/")
def prepare(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Ask for the other association's card."""
    shift, by = at_desk(request)
    found, form = records.one(shift, number, by=by), CardForm(request.POST or None)
    if (card := _card(form)) is not None:
        second = HandOverForm(initial={"card": form.words["card"]})
        second.offer("entries", reads.offered(found))
        return render(request, "haven/desk/association/hand_over.html", {"form": second, "words": card.words, "found": found})
    return render(request, "haven/desk/association/prepare.html", {"form": form, "found": found}, status=form.status)


@opens("lane desk", methods="POST", sample=f"/lavoro/pacchi/{SAMPLE}/manda/")
def hand_over(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Hand the package out as a file: what was chosen, on her yes."""
    shift, by = at_desk(request)
    found, form = records.one(shift, number, by=by), HandOverForm(request.POST)
    form.offer("entries", reads.offered(found))
    if (card := _card(form)) is not None:
        with refusals_on(form):
            chosen = {uuid.UUID(entry) for entry in form.words["entries"]}
            return as_file(actions.hand_over(shift, found.record, chosen, card, form.words["said_yes_on"], by=by), "pacco.txt")
    shown = {"form": form, "words": reads.words_of(request.POST.get("card", "")), "found": found}
    return render(request, "haven/desk/association/hand_over.html", shown, status=form.status)


@opens("lane desk", methods="GET POST", sample="/lavoro/pacchi/carica/")
def load(request: HttpRequest) -> HttpResponse:
    """Ask for the sender's card."""
    form = CardForm(request.POST or None)
    if (card := _card(form)) is not None:
        second = LoadForm(initial={"card": form.words["card"]})
        return render(request, "haven/desk/association/take_in.html", {"form": second, "words": card.words})
    return render(request, "haven/desk/association/load.html", {"form": form}, status=form.status)


@opens("lane desk", methods="POST", sample="/lavoro/pacchi/apri/")
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a package in: a new record."""
    (shift, by), form = at_desk(request), LoadForm(request.POST, request.FILES)
    if (card := _card(form)) is not None:
        with refusals_on(form):
            text = form.words["package"].read().decode(errors="replace")
            return redirect(f"/lavoro/{actions.take_in(shift, text, card, by=by).pk}/")
    shown = {"form": form, "words": reads.words_of(request.POST.get("card", ""))}
    return render(request, "haven/desk/association/take_in.html", shown, status=form.status)


def _card(form: Form) -> packages.Card | None:
    """Return the card a form brings; None, with the reason on the form, where it brings none."""
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            return packages.read_card(form.words["card"])
    return None
