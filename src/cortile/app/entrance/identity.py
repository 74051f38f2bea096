"""The way in with SPID or CIE: away to who recognises people, and back. What comes back is looked at when «Entra» is pressed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cortile.app.entrance import session
from cortile.kit import actor as actors
from cortile.kit import clock, identity
from cortile.kit.doors import opens
from cortile.kit.identity import Errand, Provider, Unproven
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions as people

NAMES = {"spid": "SPID", "cie": "CIE"}
AWAY, AWAY_SECONDS = "away", 900
# OpenID Connect's own words for who changed their mind.
SAID_NO = frozenset({"access_denied", "login_required", "interaction_required"})


@opens("public", methods="POST", sample="/casa/entra/spid/")
def identity_leave(request: HttpRequest, way: str) -> HttpResponse:
    """Send somebody to be recognised. A page in between: browsers let no form of ours lead to another site."""
    provider = _provider(way)
    try:
        errand = provider.send(_back(way))
    except Unproven as failure:
        return _refused(request, way, failure.why)
    kept = {"way": way, "onward": request.POST.get("next", ""), "at": int(clock.now().timestamp()), "errand": asdict(errand)}
    request.session[AWAY] = kept
    response = render(request, "app/entrance/identity_leave.html", {"name": NAMES[way], "address": errand.address})
    response.headers["Refresh"] = f"0; url={errand.address}"
    return response


@opens("public", methods="GET POST", sample="/casa/entra/spid/ritorno/")
def identity_back(request: HttpRequest, way: str) -> HttpResponse:
    """Ask to press «Entra» when somebody comes back; then let them in, or say in one sentence why not."""
    provider = _provider(way)
    if request.method == "GET":
        refused = _taken(request, way)
        name = {"name": NAMES[way]}
        return _refused(request, way, refused) if refused else render(request, "app/entrance/identity_back.html", name)
    away = _away(request.session, way)
    request.session.pop(AWAY, None)
    try:
        if away is None or "code" not in away:
            return _refused(request, way, "state")
        asserted = provider.answered(away["code"], Errand(**away["errand"]), _back(way), away["issuer"])
    except Unproven as failure:
        return _refused(request, way, failure.why)
    found = people.sign_in_with_identity(asserted, by=actors.current())
    return session.begin(request, found.actor, away["onward"]) if found.actor else _refused(request, way, found.why)


def _provider(way: str) -> Provider:
    found = identity.of(way)
    if found is None:
        raise NotVisible
    return found


def _back(way: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('app:identity_back', args=[way])}"


def _away(kept: SessionBase, way: str) -> dict[str, Any] | None:
    found: dict[str, Any] = kept.get(AWAY) or {"at": 0, "way": ""}
    return found if found["way"] == way and found["at"] > int(clock.now().timestamp()) - AWAY_SECONDS else None


def _taken(request: HttpRequest, way: str) -> str:
    """Keep what somebody came back with, and return why it is none. Whatever it is, its state is not taken again."""
    away, said = _away(request.session, way), request.GET
    # A second return takes nothing from the first: both may be the same page, read again.
    if away is None or "code" in away or said.get("state") != away["errand"]["state"]:
        return "" if away and said.get("state") == away["errand"]["state"] and said.get("code") == away["code"] else "state"
    if not said.get("code"):
        request.session.pop(AWAY)
        return "said-no" if said.get("error") in SAID_NO else "provider"
    request.session[AWAY] = away | {"code": said["code"], "issuer": said.get("iss", "")}
    return ""


def _refused(request: HttpRequest, way: str, why: str) -> HttpResponse:
    """Say in one sentence why nobody came in; card and code, and a person, are always there."""
    refused = Refused(f"identity-{why}", _sentence(why) % {"name": NAMES[way]}, _("Puoi entrare con la tessera e il codice."))
    return render(request, "app/entrance/identity_refused.html", {"refused": refused}, status=422)


def _sentence(why: str) -> str:
    said = {
        "state": _("Questo ingresso con %(name)s non è cominciato qui, o è passato troppo tempo."),
        "said-no": _("Non hai finito l'ingresso con %(name)s."),
        "silent": _("%(name)s adesso non risponde."),
        "provider": _("%(name)s adesso non ti fa entrare."),
        "expired": _("La risposta di %(name)s è scaduta: comincia da capo."),
        "replayed": _("Questa risposta di %(name)s è già stata usata: comincia da capo."),
        "fiscal-code": _("%(name)s non ci ha detto il tuo codice fiscale."),
        "changed": _("Il codice fiscale che ci dice %(name)s non è quello di prima."),
        "not-here": _("Con %(name)s qui non riusciamo a farti entrare."),
    }
    return said.get(why, _("La risposta di %(name)s non è quella che aspettavamo: per prudenza non ti facciamo entrare."))
