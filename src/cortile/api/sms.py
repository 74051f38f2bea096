"""What an SMS gateway tells us: an SMS that came in, and what became of one that left."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.messages import actions

MISSING = {"error": "missing"}


@csrf_exempt
@opens("machine", methods="POST", sample="/api/sms/arrivi/")
def arrived(request: HttpRequest) -> JsonResponse:
    """Take in ``{"reference", "from", "text"}``. Brought again it is the same record, and the same answer."""
    said = _said(request)
    if not (said.get("reference") and said.get("from")):
        return JsonResponse(MISSING, status=400)
    actions.receive_sms(by=current(), reference=said["reference"], sender=said["from"], text=said.get("text", ""))
    return JsonResponse({"reference": said["reference"]})


@csrf_exempt
@opens("machine", methods="POST", sample="/api/sms/stati/")
def settled(request: HttpRequest) -> JsonResponse:
    """Take in ``{"reference", "state"}`` of what left: ours, and a word of the gateway's. A word we do not know changes nothing."""
    said = _said(request)
    if not (said.get("reference") and said.get("state")):
        return JsonResponse(MISSING, status=400)
    state = settings.SMS_STATES.get(said["state"].lower(), "")
    actions.settle(said["reference"], by=current(), state=state)
    return JsonResponse({"reference": said["reference"]})


def _said(request: HttpRequest) -> dict[str, str]:
    """Read a flat object of texts and numbers; anything else is nothing."""
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    plain = found.items() if isinstance(found, dict) else ()
    return {key: str(value).replace("\0", "") for key, value in plain if isinstance(value, str | int)}
