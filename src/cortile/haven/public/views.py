"""The public pages of the lane: where, what is on, a sheet to hand over, what can be promised, and the way out."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from cortile.haven import leaving
from cortile.haven.public.frame import page
from cortile.haven.reads import public as reads
from cortile.kit.doors import opens

KINDS = {"workshop": _("Laboratorio"), "training": _("Corso"), "job_help": _("Aiuto per il lavoro"), "group": _("Gruppo")}


@opens("lane public", sample="/")
def doors(request: HttpRequest) -> HttpResponse:
    """Say where a woman is listened to."""
    return page(request, "haven/public/doors.html", {"places": reads.places()})


@opens("lane public", sample="/attivita/")
def activities(request: HttpRequest) -> HttpResponse:
    """Say what anybody may come to, without a list of names."""
    return page(request, "haven/public/activities.html", {"activities": [(KINDS[one.kind], one) for one in reads.activities()]})


@opens("lane public", sample="/foglio/")
def sheet(request: HttpRequest) -> HttpResponse:
    """Show a sheet somebody may print and hand over: it says what any leaflet says."""
    address = request.build_absolute_uri("/")
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=5, border=4, svgclass=None, lineclass=None, light="#fff")
    known = {"places": reads.places(), "address": address, "code": mark_safe(drawn)}  # noqa: S308 -- drawn here, from our own address
    return page(request, "haven/public/sheet.html", known)


@opens("lane public", sample="/limiti/")
def limits(request: HttpRequest) -> HttpResponse:
    """Say what can be promised here and what cannot."""
    return page(request, "haven/public/limits.html", {"promises": reads.promises()})


# A beacon carries no token, and somebody who ends another's shift has done them no harm.
@csrf_exempt
@opens("lane public", methods="GET POST", sample="/esci/")
def leave(request: HttpRequest) -> HttpResponse:
    """End any shift, have the browser forget what it keeps of ours, and lead to another site."""
    return leaving.end(request, redirect(settings.EXIT_ADDRESS) if request.method == "GET" else HttpResponse(status=204))
