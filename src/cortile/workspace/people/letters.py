"""What was said to a person, through the hands of who is in front of her: read out, or given on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from cortile.messages import actions, reads, sheet
from cortile.messages.actions.reading import read_out
from cortile.people.behalf import in_place_of
from cortile.workspace.people.openings import linked


@opens("search people", methods="POST", sample="/scrivania/persone/1/messaggi/1/letto/")
@linked
def message_read(request: HttpRequest, person_id: int, message_id: int) -> HttpResponse:
    """Write that a message was read out to her."""
    message = _hers(person_id, message_id)
    read_out(message, by=in_place_of(current(), message.person), once=request.POST.get("once", ""))
    return redirect(f"{reverse('workspace:person', args=[person_id])}?fatto=letto")


@opens("search people", methods="POST", sample="/scrivania/persone/1/messaggi/1/lettera.pdf")
@linked
def message_letter(request: HttpRequest, person_id: int, message_id: int) -> HttpResponse:
    """Print a message as a letter, and write that she has it: on paper it counts as anywhere else (I7)."""
    message = _hers(person_id, message_id)
    actions.give_on_paper(message, by=in_place_of(current(), message.person), once=request.POST.get("once", ""))
    said = sheet.Letter(body=message.body, body_it=message.body_it, agency=message.agency.short_name, language=message.language)
    response = HttpResponse(sheet.letter(said), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="lettera.pdf"'
    return response


def _hers(person_id: int, message_id: int) -> Any:  # noqa: ANN401 -- doors import no models
    """Return one of her messages; raise ``NotVisible`` for anybody else's."""
    found = reads.one(message_id, by=current())
    if found is None or found.person_id != person_id:
        raise NotVisible
    return found
