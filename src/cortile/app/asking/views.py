"""T2 «Chiedi aiuto»: three screens carried by a draft on the server, so that any of them can be left and found again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies import reads as agencies
from cortile.app import bringing
from cortile.app.asking import receipts, unfinished, words
from cortile.app.asking.forms import Check, Topic, Words
from cortile.homes import reads as homes
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, sent
from cortile.listening import access, same
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.states import TOPICS
from cortile.listening.words import TOPIC_LABELS
from cortile.people import reads as people
from cortile.people.access import reads_her_numbers


@opens("tenant", methods="GET POST", sample="/casa/aiuto/")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what it is about: one tap."""
    by = actors.current()
    before = unfinished.find(request.session, by=by)
    form = Topic(*sent(request), topics=_topics(by), initial=before)
    if request.method == "POST" and form.is_valid():
        unfinished.keep(request.session, before | {"topic": form.cleaned_data["topic"]}, by=by)
        return redirect("app:ask_words")
    return render(request, "app/asking/topic.html", {"form": form}, status=form.status)


@opens("tenant", methods="GET POST", sample="/casa/aiuto/racconta/")
def ask_words(request: HttpRequest) -> HttpResponse:
    """Offer to say more, with words, a photo or a voice, or to be called instead."""
    by = actors.current()
    before = unfinished.find(request.session, by=by)
    if request.method == "POST":
        form = Words(request.POST, request.FILES)
        if form.is_valid() and _told(request, form, by, before):
            return _same(request, form, by, before) if "same" in request.POST else redirect("app:ask_check")
    elif "topic" not in before:
        return _no_draft(request)
    else:
        form = Words(initial=before)
    person, chip = people.myself(by=by), TOPICS.get(form["topic"].value() or "", "")
    context = {
        "form": form,
        "phone": people.phone_of(person),
        "waiting": listening.waiting_files(by=by),
        "similar": listening.similar_open(by=by, chip=chip),
        "nearby": same.faults_nearby(by=by) if chip == "faults" else [],
    }
    return render(request, "app/asking/words.html", context, status=form.status)


def _told(request: HttpRequest, form: Words, by: Actor, before: dict[str, str]) -> bool:
    """Keep what was said, then the files: a wrong one costs nobody their words, nor the other file."""
    said = form.cleaned_data
    call = {"answer_by": "phone"} if "call" in request.POST else {}
    unfinished.keep(request.session, before | {"topic": said["topic"], "story": said["story"]} | call, by=by)
    for kind in bringing.sent(said):
        with refusals_on(form):
            bringing.bring(kind, said[kind], by)
    return not form.errors


@opens("tenant", methods="GET POST", sample="/casa/aiuto/controlla/")
def ask_check(request: HttpRequest) -> HttpResponse:
    """Show what will be sent, how we answer and who can read it; then send."""
    by = actors.current()
    before = unfinished.find(request.session, by=by)
    if request.method == "GET" and "topic" not in before:
        return _no_draft(request)
    person = people.myself(by=by)
    ways = _ways(by)
    known = [way for way, _ in ways]
    chosen = before.get("answer_by") if before.get("answer_by") in known else known[0]
    form = Check(*sent(request), ways=ways, initial=before | {"answer_by": chosen})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return _send(request, form.cleaned_data, by)
    context = {
        "form": form,
        "topic": TOPIC_LABELS.get(form["topic"].value() or "", ""),
        "waiting": listening.waiting_files(by=by),
        "reader": _reader(person.home_neighbourhood_id, person.agency_id),
    }
    return render(request, "app/asking/check.html", context, status=form.status)


def _same(request: HttpRequest, form: Words, by: Actor, before: dict[str, str]) -> HttpResponse:
    """Send at once, tied to the fault that was recognised: one tap, one's own number and the same promise."""
    ways = [way for way, _ in _ways(by)]
    chosen = before.get("answer_by") if before.get("answer_by") in ways else ways[0]
    return _send(request, form.cleaned_data | {"answer_by": chosen}, by, fault=request.POST["same"])


def _send(request: HttpRequest, said: dict[str, str], by: Actor, *, fault: str = "") -> HttpResponse:
    thread = acts.open_thread(
        people.myself(by=by), by=by, chip=TOPICS[said["topic"]], topic=said["topic"],
        title=words.title(said["topic"], said["story"]), words=said["story"], answer_by=said["answer_by"],
        same=fault, once=request.POST.get("once", ""),
    )  # fmt: skip
    unfinished.drop(by=by)
    receipts.keep(request.session, thread, shown=access.visible_to(by).filter(pk=thread.pk).exists())
    return redirect("app:receipt", thread.number)


@opens("tenant", sample="/casa/richieste/1001/ricevuta/")
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Say the number, the date, who follows it and, out of hours, when a person first reads it."""
    found = receipts.find(number, by=actors.current(), session=request.session)
    return render(request, "app/asking/receipt.html", {"receipt": found})


def _no_draft(request: HttpRequest) -> HttpResponse:
    """After sending, Back shows the receipt; otherwise there is nothing to go on with, and we start."""
    last = receipts.last(request.session, by=actors.current())
    return redirect("app:receipt", last) if last else redirect("app:ask")


def _topics(by: Actor) -> list[tuple[str, object]]:
    """Return what can be asked: everything, or what somebody who helps was given."""
    return [(t, words.topic(t)) for t in TOPIC_LABELS if access.may_ask_about(by, TOPICS[t])]


def _ways(by: Actor) -> list[tuple[str, object]]:
    person = people.myself(by=by)
    slot = homes.next_slot(person.agency_id, neighbourhood_id=person.home_neighbourhood_id)
    numbers = {"phone": people.phone_of(person), "sms": people.sms_number_of(person)}
    shown = reads_her_numbers(by)
    return words.ways({way: number if shown else "" for way, number in numbers.items() if number}, slot)


def _reader(neighbourhood_id: int | None, agency_id: int) -> str:
    """Return the one person who will read it, when it can only be one."""
    covering = homes.posted_to(neighbourhood_id, agency_id)
    return agencies.on_duty(covering[0], clock.today()).given_name if len(covering) == 1 else ""
