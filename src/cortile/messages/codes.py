"""Sign-in codes on their way to a telephone: never in the inbox, spoken digit by digit, and gone from here once they have left."""

from __future__ import annotations

import uuid

from django.db import connection

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.events import on
from cortile.messages import rules
from cortile.messages.models import Delivery
from cortile.people.events import CodeAsked
from cortile.people.models import SignInCode

THING = "people.signincode"
KEYS = {"sms": "sign_in_code_sms", "voice": "sign_in_code_voice"}
# Written from the code's own row: for a card of nobody the same statement writes none.
_ENQUEUE = """
    INSERT INTO messages_delivery
        (agency_id, channel, "to", subject, text, about_thing, about_id, state, attempts, last_error, reference, created_at)
    SELECT agency_id, %s, %s, '', %s, %s, id, 'queued', 0, '', %s, %s FROM people_signincode WHERE id = %s
"""


@on(CodeAsked)
def enqueue(event: CodeAsked) -> None:
    """Enqueue a code, and take back those of its card that have not left: the same two statements whoever it is for."""
    older = SignInCode.objects.filter(card_number=event.card_number).exclude(pk=event.code_id).values("pk")
    waiting = Delivery.objects.filter(about_thing=THING, about_id__in=older, state__in=rules.STILL_OURS)
    waiting.update(state="withdrawn", text="")
    text = _text(event)
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, [event.channel, event.to, text, THING, uuid.uuid4(), clock.now(), event.code_id])


def _text(event: CodeAsked) -> str:
    """Return what is sent, or said: a voice says the digits one by one, with a rest after each."""
    code = event.code if event.channel == "sms" else ". ".join(event.code)
    body = Agency.objects.filter(pk=event.agency_id or 0).first()
    return rules.render(KEYS[event.channel], event.language, code=code, agency=body.short_name if body else "").body


def language_of(row: Delivery) -> str:
    """Return the language a code is spoken in: the person's, where the catalogue has it. Whatever else is nobody's is Italian."""
    if row.about_thing != THING or row.channel not in KEYS:
        return rules.SOURCE
    asked = SignInCode.objects.filter(pk=row.about_id or 0).values_list("person__language", flat=True).first()
    return rules.render(KEYS[row.channel], asked or rules.SOURCE, code="", agency="").language
