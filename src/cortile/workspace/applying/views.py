"""Applying at the desk: who else is at it comes first, then one page with what we know filled in, kept or sent."""

from __future__ import annotations

from typing import Any, TypeAlias

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cortile.benefits import actions, applying, codes, form
from cortile.benefits import reads as benefits
from cortile.benefits.applying import Sheet
from cortile.benefits.form import PAGES, TITLES, Paper, Questions
from cortile.kit import drafts
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, sent
from cortile.listening.words import ANSWER_LABELS
from cortile.people import reads as people
from cortile.people.behalf import in_place_of
from cortile.workspace.people.openings import linked

# A person's row and a draft's: no door names the models themselves.
Whose: TypeAlias = Any
Kept: TypeAlias = Any
CODES, CHANNEL = "draft_codes", "desk"
WRONG = _("Con questo codice non troviamo niente. Controlla le due parole e i quattro numeri, oppure cerca la persona.")


class Code(Form):
    """The code on somebody's paper."""

    code = forms.CharField(
        label=_("Il codice della bozza"), help_text=_("Due parole e quattro numeri, così: LUNA-RIVA-4827."), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


@opens("apply", methods="GET POST", sample="/scrivania/domanda/codice/")
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft somebody brings the code of."""
    asked = Code(*sent(request))
    if request.method == "POST" and asked.is_valid():
        code = codes.tidy(asked.cleaned_data["code"])
        found = actions.resume_draft(code, by=current())
        if found is not None:
            _remember(request, found.person_id, found.call_id, code)
            return redirect("workspace:apply_with", found.person_id, found.call_id)
        asked.add_error("code", WRONG)
    return render(request, "workspace/applying/code.html", {"tab": "search", "form": asked}, status=asked.status)


@opens("apply", sample="/scrivania/persone/1/domanda/")
@linked
def calls_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show what a person may apply for, and who is at it already; after sending, the receipt."""
    by = current()
    whose = people.one(person_id, by=by)
    open_calls = benefits.open_now(whose.agency_id)
    number = request.GET.get("fatta", "")
    shown = {
        "tab": "search", "who": whose, "sent": applying.sent(int(number), by=by) if number.isdecimal() else None,
        "calls": [(version, applying.already(version.call_id, whose, by=by)) for version in open_calls],
    }  # fmt: skip
    return render(request, "workspace/applying/calls.html", shown)


@opens("apply", methods="GET POST", sample="/scrivania/persone/1/domanda/1/")
@linked
def apply_with(request: HttpRequest, person_id: int, call_id: int) -> HttpResponse:
    """Fill in an application with its person in front: keep it, add a paper, or send it."""
    whose = people.one(person_id, by=current())
    by = in_place_of(current(), whose)
    sheet, key = applying.sheet(call_id, whose, by=by), _key(person_id, call_id)
    asked = form.every(sheet.version.rule, sheet.known, _ways(whose))
    data, files = sent(request)
    begun: dict[str, Any] = {"paid_by": "account", "answer_by": "visit", "isee": "known", **sheet.answers, **drafts.find(by, key)}
    questions = Questions(data, asked=asked, initial=begun)
    paper = Paper(data, files, kinds=sheet.version.terms.documents)
    if data is not None:
        kept = actions.keep_draft(call_id, whose, by=by, answers={name: str(data[name]) for name in asked if name in data})
        drafts.drop(by, key)
        if kept.code:
            _remember(request, person_id, call_id, kept.code)
        onward = _onward(request, whose, sheet, questions, paper, by, kept)
        if onward is not None:
            return onward
    return _shown(request, whose, sheet, questions, paper, by)


def _onward(
    request: HttpRequest, whose: Whose, sheet: Sheet, questions: Questions, paper: Paper, by: Actor, kept: Kept
) -> HttpResponse | None:
    """Return where a page that was kept leads, or nothing where something is to be mended."""
    if paper.brought and not _bring(kept.pk, paper, by):
        questions.is_valid()
        return None
    if "send" not in request.POST:
        return redirect("workspace:apply_with", whose.pk, kept.call_id)
    if not questions.is_valid() or not paper.is_valid():
        return None
    said = questions.cleaned_data
    with refusals_on(questions):
        made = actions.submit(
            kept.call_id, whose, by=by, stated=form.stated_of(said, sheet.version.rule), channel=CHANNEL, words=said["words"],
            paid_by=said["paid_by"], iban=said["iban"], helper_name=said["helper"], answer_by=said["answer_by"], draft=kept,
            once=request.POST.get("once", ""),
        )  # fmt: skip
        return redirect(f"{reverse('workspace:applications_of', args=[whose.pk])}?fatta={made.number}")
    return None


def _bring(draft_id: int, paper: Paper, by: Actor) -> bool:
    said = paper.cleaned_data
    with refusals_on(paper):
        actions.bring_paper(
            draft_id, by=by, kind=said["kind"], upload=said["file"], size=said["file"].size, dated_on=said["dated_on"]
        )
    return not paper.errors


def _shown(
    request: HttpRequest, whose: Whose, sheet: Sheet, questions: Questions, paper: Paper, by: Actor
) -> HttpResponse:  # fmt: skip
    draft = applying.sheet(sheet.version.call_id, whose, by=by).draft
    context = {
        "tab": "search", "who": whose, "sheet": sheet, "form": questions, "paper": paper, "draft": draft,
        "draft_key": _key(whose.pk, sheet.version.call_id), "papers": applying.papers_of(draft, by=by),
        "known": [(TITLES[page], sheet.facts(page)) for page in PAGES],
        "already": applying.already(sheet.version.call_id, whose, by=by),
        "code": request.session.get(CODES, {}).get(_key(whose.pk, sheet.version.call_id), ""),
    }  # fmt: skip
    return render(request, "workspace/applying/apply.html", context, status=max(questions.status, paper.status))


def _ways(whose: Whose) -> list[tuple[str, object]]:
    """Return how we can answer a person, through numbers that are known and safe."""
    numbers = {"phone": people.phone_of(whose), "sms": people.sms_number_of(whose)}
    return [(way, ANSWER_LABELS[way]) for way in ("visit", "phone", "sms", "app") if numbers.get(way, "yes")]


def _key(person_id: int, call_id: int) -> str:
    return f"domanda:{person_id}:{call_id}"


def _remember(request: HttpRequest, person_id: int, call_id: int, code: str) -> None:
    request.session[CODES] = request.session.get(CODES, {}) | {_key(person_id, call_id): code}
