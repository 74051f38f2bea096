"""T1 «La mia casa», and its public face for whoever has not signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.agencies import reads as agencies
from cortile.agenda import reads as agenda
from cortile.app.asking import unfinished
from cortile.app.listening.words import title, title_language
from cortile.app.policies import HELPED
from cortile.benefits import applying
from cortile.benefits.access import helps_with_it
from cortile.homes import reads as homes
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.actor import Kind
from cortile.kit.doors import opens
from cortile.listening import reads as listening
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.messages import reads as messages
from cortile.people import reads as people

MORNING, EVENING = 5, 18


@opens("public", sample="/casa/")
def home(request: HttpRequest) -> HttpResponse:
    """Say what is happening with my things; to a stranger, where a person is and how to come in."""
    by = actors.current()
    if by.kind not in HELPED:
        return _front(request)
    person = people.greeted(by=by)
    # Her device keeps number, state and date, if she says so there: never of a delicate topic, nor where messages are discreet.
    keeps = by.kind == Kind.TENANT and not person.discreet
    cards = [
        {"thread": t, "title": title(t), "language": title_language(t), "kept": keeps and t.chip not in SENSITIVE_CHIPS}
        for t in listening.mine(by=by)
    ]
    here = clock.local(clock.now()).hour
    context = {
        "person": person,
        "morning": MORNING <= here < EVENING,
        "cards": cards,
        "kept": keeps,
        "unread": messages.unread(by=by),
        "drafts": applying.begun(by=by),
        "may_apply": helps_with_it(by),
        "unfinished": bool(unfinished.find(request.session, by=by)),
        "notice": next(iter(messages.notices(by=by, limit=1)), None),
        "appointment": agenda.next_of(by.person_id or 0, by=by),
    }
    return render(request, "app/home/home.html", context)


def _front(request: HttpRequest) -> HttpResponse:
    agency = agencies.front(settings.FRONT_AGENCY)
    slots = homes.coming_slots(agency.pk, since=clock.today()) if agency else []
    return render(request, "app/home/front.html", {"slots": slots})
