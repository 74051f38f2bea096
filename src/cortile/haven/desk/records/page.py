"""What the pages of a record share: the open shift, a form on a page of its own, the words of a choice."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cortile.haven.keyring import Shift
from cortile.kit.forms import Form

SAMPLE = "/lavoro/00000000-0000-4000-8000-000000000000/"
Choices = list[tuple[str, str]]


def shift_of(request: HttpRequest) -> Shift:
    """Return the open shift: the policy of a desk's page has let nobody in without one."""
    return cast("Shift", request.shift)  # type: ignore[attr-defined]  # put there by the middleware


def title(choices: Choices, value: object) -> str:
    """Return what a choice is called on screen."""
    return dict(choices).get(str(value), "")


def ask(
    request: HttpRequest, form: Form, heading: str, button: str, *, number: uuid.UUID | None = None, **more: object
) -> HttpResponse:
    """Show a form on a page of its own; it leads back to its record, or to the list."""
    back = reverse("desk:record", args=[number]) if number else reverse("desk:list")
    shown = {"form": form, "heading": heading, "button": button, "back": back, **more}
    return render(request, "haven/desk/records/ask.html", shown, status=form.status)
