"""Papers of a record: taken in closed, given out where nothing runs."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cortile.haven.actions import papers as acts
from cortile.haven.desk.records import forms
from cortile.haven.desk.records.page import SAMPLE, ask, shift_of
from cortile.haven.reads import records as reads
from cortile.kit import file_types, files
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, sent


@opens("lane desk", methods="GET POST", sample=f"{SAMPLE}carte/")
def add(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Keep a paper of hers."""
    shift, by = shift_of(request), current()
    found = reads.one(shift, number, by=by)
    form = forms.Paper(*sent(request))
    if request.method == "POST" and form.is_valid():
        said, once = form.cleaned_data, request.POST.get("once", "")
        with refusals_on(form):
            acts.keep_paper(shift, found.record, said["file"], said["file"].size, label=said["label"], by=by, sent=once)
            return redirect("desk:record", number)
    return ask(request, form, "Una carta", "Conserva", number=number)


@opens("lane desk", sample=f"{SAMPLE}carte/00000000-0000-4000-8000-000000000000/")
def show(request: HttpRequest, number: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Give a paper out, under a name that says nothing."""
    media_type, content = reads.paper(shift_of(request), number, entry, by=current())
    how = "attachment" if media_type == file_types.PDF else "inline"
    answer = HttpResponse(content, content_type=media_type, headers=files.HARMLESS)
    answer["Content-Disposition"] = f'{how}; filename="{file_types.NAMES[media_type]}"'
    return answer
