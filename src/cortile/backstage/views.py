"""The way in: four doors, and in the demo the people behind them; the two pages the law asks for; the gallery."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies import reads as agencies
from cortile.backstage import partner, personas
from cortile.backstage.gallery import Sample
from cortile.kit.actor import Kind
from cortile.kit.doors import opens
from cortile.people import reads as people


@opens("public", sample="/")
def entry(request: HttpRequest) -> HttpResponse:
    """Say in one sentence what this is, and open its doors."""
    if settings.DEMO:
        return render(request, "backstage/demo.html", {"doors": personas.listed()})
    return render(request, "backstage/front.html")


@opens("public", methods="POST", sample="/demo/enter")
def enter(request: HttpRequest) -> HttpResponse:
    """Become somebody of the demo world; anywhere else this page does not exist."""
    persona = personas.find(request.POST.get("persona", "")) if settings.DEMO else None
    if persona is None or not _become(request, persona.slug):
        raise Http404
    return redirect(personas.address(persona))


def _become(request: HttpRequest, slug: str) -> bool:
    """Start a new session as a persona: staff through the login library, tenants through their own, a service by its link."""
    member, tenant = agencies.personas().get(slug), people.personas().get(slug)
    link = partner.session() if slug == partner.SLUG else None
    request.session.flush()
    if member is not None:
        login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    elif tenant is not None:
        # Adele came with the code on her sheet; the others were identified, so that what that opens can be seen too.
        came_by, step = ("paper", 1) if slug == "adele" else ("spid", 2)
        who = {"kind": str(Kind.TENANT), "id": tenant.pk, "agency": tenant.agency_id}
        request.session["tenant"] = who | {"came_by": came_by, "step": step}
    elif link is not None:
        request.session["link"] = link
    return any(found is not None for found in (member, tenant, link))


@opens("public", sample="/accessibilita/")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far these pages can be used by everybody, and whom to tell when they cannot."""
    return render(request, "backstage/accessibility.html")


@opens("public", sample="/privacy/")
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which data are kept, who reads them, and how to see who did."""
    return render(request, "backstage/privacy.html")


@opens("public", sample="/galleria/")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component on one page: in the demo and while developing only."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    wrong = Sample({})
    wrong.full_clean()
    return render(request, "backstage/gallery.html", {"sample": Sample(auto_id="id_good_%s"), "wrong": wrong})
