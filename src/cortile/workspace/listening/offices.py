"""S5b «Coda dell'ufficio»: what was handed to an office, the soonest due first; take, answer, send back, date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.agencies import reads as agencies
from cortile.kit import clock, drafts
from cortile.kit.actor import Kind, current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, typed
from cortile.listening import reads
from cortile.listening.reads import Question
from cortile.workspace.listening.offices_acts import OfficeAct, OfficeForm
from cortile.workspace.listening.offices_rent import ACTS, offered

PAGE = "workspace/listening/question.html"
NOT_NOW = 409


@dataclass(frozen=True, slots=True)
class Panel:
    """An act of the office on the page, with its form."""

    act: OfficeAct
    slug: str
    form: OfficeForm
    url: str
    key: str


@opens("office queue", sample="/scrivania/ufficio/")
def office_queue(request: HttpRequest) -> HttpResponse:
    """List what waits for this office."""
    by = current()
    return render(request, "workspace/listening/office_queue.html", {
        "tab": "office", "waiting": reads.office_queue(by=by), "closed": reads.office_queue(by=by, open_only=False),
        "absences": agencies.absences_of(by.id or 0), "today": clock.today(),
    })  # fmt: skip


@opens("office queue", sample="/scrivania/ufficio/1/")
def hand_over(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Show one question."""
    return show(request, reads.one_hand_over(hand_over_id, by=current()))


@opens("office queue", methods="GET POST", sample="/scrivania/ufficio/1/rispondi/")
def hand_over_act(request: HttpRequest, hand_over_id: int, act: str) -> HttpResponse:
    """Do one thing to a question."""
    if request.method != "POST":
        return redirect("workspace:hand_over", hand_over_id)
    return do(request, reads.one_hand_over(hand_over_id, by=current()), act)


@opens("office link", sample="/ufficio/domanda/")
def link_question(request: HttpRequest) -> HttpResponse:
    """Show the one question a mailed link opens."""
    return show(request, reads.one_hand_over(current().id or 0, by=current()))


@opens("office link", methods="GET POST", sample="/ufficio/domanda/rispondi/")
def link_act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one thing to the question a mailed link opens."""
    if request.method != "POST":
        return redirect("workspace:link_question")
    return do(request, reads.one_hand_over(current().id or 0, by=current()), act)


def do(request: HttpRequest, question: Question, slug: str) -> HttpResponse:
    """Run an act on a question and come back to it; a refusal comes back with what was typed."""
    if slug not in ACTS:
        raise Http404
    by, act = current(), ACTS[slug]
    form = act.form(request.POST, question=question, auto_id=f"{slug}-%s")
    if form.is_valid():
        with refusals_on(form):
            act.run(question, form.words, by, request.POST.get("once", ""))
            drafts.drop(by, _key(question, slug))
            return redirect(f"{_page(question)}?fatto={slug}")
    status = NOT_NOW if form.refused else form.status
    return show(request, reads.one_hand_over(question.hand_over.pk, by=by), {slug: form}, status)


def show(request: HttpRequest, question: Question, bound: dict[str, OfficeForm] | None = None, status: int = 200) -> HttpResponse:
    """Draw the page of a question: only what the policy names, and what can be done."""
    came_back = bound or {}
    kept = {d.key: d.data for d in drafts.mine(current())}
    panels = [
        _panel(question, slug, came_back, typed(kept.get(_key(question, slug), {})).dict())
        for slug in ACTS
        if offered(slug, question)
    ]
    return render(request, PAGE, {
        "tab": "office", "question": question, "sent": question.hand_over, "by_link": current().kind == Kind.LINK,
        "panels": panels if question.hand_over.is_open else [p for p in panels if p.slug in came_back],
        "form": next(iter(came_back.values()), None), "done": ACTS.get(request.GET.get("fatto", "")),
    }, status=status)  # fmt: skip


def _panel(question: Question, slug: str, bound: dict[str, OfficeForm], kept: dict[str, Any]) -> Panel:
    act = ACTS[slug]
    form = bound.get(slug) or act.form(question=question, auto_id=f"{slug}-%s", initial=kept)
    name = "workspace:link_act" if current().kind == Kind.LINK else "workspace:hand_over_act"
    args = [slug] if current().kind == Kind.LINK else [question.hand_over.pk, slug]
    return Panel(act, slug, form, reverse(name, args=args), _key(question, slug))


def _key(question: Question, slug: str) -> str:
    return f"hand-over:{question.hand_over.pk}:{slug}"


def _page(question: Question) -> str:
    if current().kind == Kind.LINK:
        return reverse("workspace:link_question")
    return reverse("workspace:hand_over", args=[question.hand_over.pk])
