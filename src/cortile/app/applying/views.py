"""T6-B: the list of what to do, and its six pages. Each page is kept when it is left, whichever way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.app.applying import sent
from cortile.app.applying.seats import Seat, seated
from cortile.app.asking import words as asking
from cortile.benefits import access, actions, applying, form
from cortile.benefits import reads as benefits
from cortile.benefits.applying import Sheet
from cortile.benefits.form import PAGES, TITLES, Paper, Questions
from cortile.homes import reads as homes
from cortile.kit import actor as actors
from cortile.kit import drafts, identity
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.kit.forms import sent as posted
from cortile.kit.refusals import NotVisible
from cortile.people import reads as people
from cortile.people.access import reads_her_numbers

LAST = PAGES[-1]


@dataclass(frozen=True, slots=True)
class Task:
    """A page of the list, and whether all it asks was said."""

    page: int
    title: str
    done: bool


@opens("tenant", sample="/casa/domanda/")
def begin(request: HttpRequest) -> HttpResponse:
    """List what can be asked for now, what was begun, and what was sent."""
    by = actors.current()
    if not access.helps_with_it(by):
        raise NotVisible
    context = {
        "open": benefits.open_now(by.agency_id or 0), "begun": {one.call_id: one for one in applying.begun(by=by)},
        "sent": applying.of_the_house(by=by),
    }  # fmt: skip
    return render(request, "app/applying/applying.html", context)


@opens("public", sample="/casa/domanda/1/")
@seated
def tasks(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what is done and what is not; who else is at it stands before anything is typed."""
    sheet = seat.sheet()
    listed = _tasks(sheet, seat)
    context = {
        "seat": seat, "sheet": sheet, "tasks": listed, "next": next((t.page for t in listed if not t.done), LAST), "last": LAST,
        "already": applying.already(seat.call_id, people.myself(by=seat.by), by=seat.by) if seat.signed else None,
    }  # fmt: skip
    return render(request, "app/applying/tasks.html", context)


@opens("public", methods="GET POST", sample="/casa/domanda/1/2/")
@seated
def one_page(request: HttpRequest, seat: Seat, page: int) -> HttpResponse:
    """Show one page with what we know, and ask what nobody knows; keep what was typed before looking whether it is right."""
    if page not in PAGES:
        raise Http404
    if request.method == "POST" and (number := sent.number_of(seat)) and seat.sheet().draft is None:
        return redirect("app:application_receipt", number)
    sheet, key = seat.sheet(), f"domanda:{seat.call_id}:{page}"
    asked = form.asked_on(page, sheet.version.rule, sheet.known, _ways(seat))
    data, files = posted(request)
    unsent: dict[str, Any] = {n: text for n, text in drafts.find(seat.by, key).items() if n in asked} if seat.signed else {}
    questions = Questions(data, asked=asked, initial=_chosen(asked, sheet.answers | unsent))
    paper = _paper(page, sheet, seat, data, files)
    if data is not None:
        seat.keep({name: str(data[name]) for name in asked if name in data})
        drafts.drop(seat.by, key)
        onward = _onward(request, seat, page, questions, paper)
        if onward is not None:
            return onward
        sheet = seat.sheet()
    return _shown(request, seat, sheet, page, questions, paper)


def _chosen(asked: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Return what each field begins with: what was typed, else the first way to answer, and the bill."""
    usual = {"paid_by": "account", "isee": "known"}
    if "answer_by" in asked:
        usual["answer_by"] = asked["answer_by"].choices[0][0]
    return usual | {name: text for name, text in answers.items() if text or name not in usual}


def _paper(page: int, sheet: Sheet, seat: Seat, data: Any, files: Any) -> Paper | None:  # noqa: ANN401 -- Django's own containers
    kinds = sheet.version.terms.documents
    return Paper(data, files, kinds=kinds) if page == form.CONTACTS and seat.signed and kinds else None


def _onward(request: HttpRequest, seat: Seat, page: int, questions: Questions, paper: Paper | None) -> HttpResponse | None:
    """Return where a page that was kept leads, or nothing where something is to be mended."""
    right = questions.is_valid()
    if paper is not None and paper.brought and not _bring(seat, paper):
        return None
    if "stop" in request.POST:
        return redirect("app:application_tasks", seat.call_id)
    if "add" in request.POST or (right and page < LAST and (paper is None or paper.is_valid())):
        return redirect("app:application_page", seat.call_id, page if "add" in request.POST else page + 1)
    with refusals_on(questions):
        return _send(request, seat) if right and page == LAST else None
    return None


def _bring(seat: Seat, paper: Paper) -> bool:
    draft, said = seat.sheet().draft, paper.cleaned_data
    with refusals_on(paper):
        actions.bring_paper(
            draft.pk if draft else 0, by=seat.by, kind=said["kind"], upload=said["file"], size=said["file"].size,
            dated_on=said["dated_on"],
        )  # fmt: skip
    return not paper.errors


def _send(request: HttpRequest, seat: Seat) -> HttpResponse:
    sheet = seat.sheet()
    whole = Questions(sheet.answers, asked=form.every(sheet.version.rule, sheet.known, _ways(seat)))
    if sheet.known is None or not whole.is_valid():
        return redirect("app:application_tasks", seat.call_id)
    said = whole.cleaned_data
    made = actions.submit(
        seat.call_id, people.myself(by=seat.by), by=seat.by, stated=form.stated_of(said, sheet.version.rule), words=said["words"],
        paid_by=said["paid_by"], iban=said["iban"], helper_name=said["helper"], answer_by=said["answer_by"], draft=sheet.draft,
        once=request.POST.get("once", ""),
    )  # fmt: skip
    sent.keep(seat, made)
    return redirect("app:application_receipt", made.number)


def _shown(request: HttpRequest, seat: Seat, sheet: Sheet, page: int, questions: Questions, paper: Paper | None) -> HttpResponse:
    listed = _tasks(sheet, seat)
    wrong = max(questions.status, paper.status if paper else 0)
    context = {
        "seat": seat, "sheet": sheet, "page_number": page, "last": LAST, "title": TITLES[page], "form": questions, "paper": paper,
        "facts": sheet.facts(page), "papers": applying.papers_of(sheet.draft, by=seat.by) if page in {form.CONTACTS, LAST} else [],
        "draft_key": f"domanda:{seat.call_id}:{page}", "ready": all(t.done for t in listed[:-1]), "ways": identity.ways(),
        "summary": _summary(sheet, seat) if page == LAST else [], "with_rent": page == form.OTHERWISE,
        "home": people.greeted(by=seat.by) if page == 1 and sheet.known is not None else None,
    }  # fmt: skip
    return render(request, "app/applying/page.html", context, status=wrong)


def _summary(sheet: Sheet, seat: Seat) -> list[dict[str, Any]]:
    """Return all the pages say, for one look before sending: what we know, then what was typed."""
    ways, found = _ways(seat), []
    for page in PAGES[:-1]:
        asked = form.asked_on(page, sheet.version.rule, sheet.known, ways)
        typed = [(field.label, _said(field, sheet.answers.get(name, ""))) for name, field in asked.items()]
        said = [(label, text) for label, text in typed if text]
        found.append({"page": page, "title": TITLES[page], "facts": sheet.facts(page), "said": said})
    return found


def _said(field: Any, text: str) -> object:  # noqa: ANN401 -- any field
    return dict(getattr(field, "choices", [])).get(text, "") if hasattr(field, "choices") else text


def _tasks(sheet: Sheet, seat: Seat) -> list[Task]:
    ways, found = _ways(seat), []
    for page in PAGES[:-1]:
        asked = form.asked_on(page, sheet.version.rule, sheet.known, ways)
        found.append(Task(page, str(TITLES[page]), form.is_done(sheet.answers, asked)))
    return [*found, Task(LAST, str(TITLES[LAST]), done=False)]


def _ways(seat: Seat) -> list[tuple[str, object]]:
    """Return how we can answer: whoever has only the code reads none of her numbers."""
    if not seat.signed:
        return asking.ways({"phone": "", "app": ""}, None)[:2]
    person = people.myself(by=seat.by)
    slot = homes.next_slot(person.agency_id, neighbourhood_id=person.home_neighbourhood_id)
    numbers = {"phone": people.phone_of(person), "sms": people.sms_number_of(person)}
    shown = reads_her_numbers(seat.by)
    return asking.ways({way: number if shown else "" for way, number in numbers.items() if number}, slot)


@opens("tenant", methods="POST", sample="/casa/domanda/1/foglio/1/togli/")
@seated
def remove_paper(_request: HttpRequest, seat: Seat, paper_id: int) -> HttpResponse:
    """Take a paper back."""
    draft = seat.sheet().draft
    actions.remove_paper(draft.pk if draft else 0, paper_id, by=seat.by)
    return redirect("app:application_page", seat.call_id, form.CONTACTS)
