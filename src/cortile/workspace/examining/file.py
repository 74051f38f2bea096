"""S15: one application, with the rule beside its data, what is missing, what she would read, and one tap for each act."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.benefits import examining, words
from cortile.benefits.examining import File
from cortile.kit import files
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.workspace.examining.acts import ACTS, FIRST, Act
from cortile.workspace.examining.forms import FileForm

# After these the next file opens by itself: a clean one is one tap.
ON = frozenset({"proponi-si", "proponi-no", "avvisa", "documenti", "firma"})


@opens("examine applications", methods="GET POST", sample="/scrivania/contributi/domande/1042/")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one application and its acts; do one, and go on to the next."""
    by, found = current(), examining.one_file(number, by=current())
    if request.method != "POST":
        done = request.GET.get("fatto", "")
        shown = _shown(found, request.GET.get("atto", "")) | {"done": done if done != str(number) else ""}
        return render(request, "workspace/examining/file.html", shown)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    form = act.form(request.POST, file=found, auto_id=f"{act.slug}-%s")
    if form.is_valid():
        with refusals_on(form):
            act.run(found.application.pk, form.words, by, request.POST.get("once", ""))
            return redirect(_after(act, number))
    return render(request, "workspace/examining/file.html", _shown(found, act.slug, form), status=form.status)


@opens("examine applications", sample="/scrivania/contributi/domande/1042/carte/1/")
def paper(request: HttpRequest, number: int, paper_id: int) -> HttpResponse:
    """Give a paper that was brought with an application to whoever may read it."""
    return files.answer(examining.paper(number, paper_id, by=current()), request.headers.get("Range", ""))


def _after(act: Act, number: int) -> str:
    following = examining.beside(number, by=current())[1] if act.slug in ON else number
    if following is None:
        return f"{reverse('workspace:applications')}?fatto={number}"
    return f"{reverse('workspace:application', args=[following])}?fatto={number}"


def _shown(found: File, opened: str = "", bound: FileForm | None = None) -> dict[str, Any]:
    before, after = examining.beside(found.application.number, by=current())
    panels = [_panel(act, found, opened, bound) for act in ACTS.values() if act.open_to(found) or (act.slug == opened and bound)]
    return {
        "tab": "applications", "file": found, "application": found.application, "trace": found.trace, "before": before,
        "after": after, "first": [p for p in panels if p["act"].slug in FIRST and not p["form"].visible_fields()],
        "more": [p for p in panels if p["act"].slug not in FIRST or p["form"].visible_fields()],
        "states": words.TRACE_STATES, "notes": words.TRACE_NOTES, "says": words.RULE_SAYS[found.trace.outcome],
        "kinds": words.KIND_LABELS, "letter": _letter(found), "form": bound,
    }  # fmt: skip


def _panel(act: Act, found: File, opened: str, bound: FileForm | None) -> dict[str, Any]:
    form = bound if bound is not None and act.slug == opened else act.form(file=found, auto_id=f"{act.slug}-%s")
    return {"act": act, "form": form, "open": act.slug == opened}


def _letter(found: File) -> str:
    """Return what she would read: the yes where the rule says so, else the notice or the no."""
    said = found.trace.outcome
    if said == "missing" or (found.standing.state == "decided" and not found.standing.in_review):
        return ""
    if said in {"eligible", "refer"}:
        return examining.preview(found, "granted")
    told = not found.application.version.terms.preliminary_notice or found.notices
    return examining.preview(found, "refused" if told else "notice")
