"""Carries messages to App IO: asks whether the person takes them, gives one, and later asks what became of it."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from django.conf import settings

from adapters.app_io import words
from adapters.app_io.notes import Note, Notes
from adapters.app_io.web import Answer, Silent, Web
from cortile.kit.carriers import BOUNCED, DELIVERED, FAILED, SENT, Later, Never, Parcel

ADDRESS = "https://api.io.pagopa.it/api/v1"
OK, CREATED, NOT_FOUND, TOO_MANY, BROKEN = 200, 201, 404, 429, 500
# A gateway that gave up waiting: what stands behind it may have taken the message all the same.
GAVE_UP = frozenset({502, 504})
# For how long App IO tries to notify: what we say is soon old.
TRIED_FOR = 24 * 3600
BECAME = {"PROCESSED": DELIVERED, "REJECTED": BOUNCED, "FAILED": FAILED}
_FISCAL_CODE = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
REASONS = {
    400: "App IO non accetta questo messaggio",
    401: "App IO non riconosce la nostra chiave",
    403: "App IO non ci permette di scrivere a questa persona",
    404: "La persona non usa App IO",
}


class AppIo:
    """App IO as a carrier. Its settings: CORTILE_IO_KEY_FILE, and CORTILE_IO_ADDRESS or CORTILE_IO_NOTES where they differ."""

    looks_up = True

    def __init__(self) -> None:
        key = os.environ.get("CORTILE_IO_KEY_FILE", "")
        self.web = Web(os.environ.get("CORTILE_IO_ADDRESS", ADDRESS), Path(key).read_text().strip() if key else "")
        self.notes = Notes(Path(os.environ.get("CORTILE_IO_NOTES") or Path(settings.OUTBOX_DIR) / "app-io"))

    def send(self, parcel: Parcel) -> str:
        """Give a message to App IO and return the name it gave it. Raise ``Later`` or ``Never``.

        One that was given before is not given again; nor one nobody knows the end of, which must go another way.
        """
        known = self.notes.read(parcel.reference)
        if known is not None:
            return _given(known)
        if not _FISCAL_CODE.fullmatch(parcel.to):
            message = "Manca il codice fiscale, o non è giusto"
            raise Never(message)
        self._ask_profile(parcel.to)
        return self._submit(parcel)

    def look_up(self, reference: str) -> str | None:
        """Return what became of a message; ``failed`` for one nobody knows the end of. Raise ``Later``."""
        known = self.notes.read(reference)
        if known is None:
            return None
        if known.state == "leaving":
            return FAILED
        if known.state != "taken" or not known.id:
            return SENT if known.state == "taken" else known.state
        return self._became(reference, known)

    def _ask_profile(self, fiscal_code: str) -> None:
        """Raise ``Never`` unless the person is on App IO and takes our messages. Her code is in no address."""
        answer = self.web.ask("POST", "/profiles", {"fiscal_code": fiscal_code})
        _check(answer, OK)
        if answer.said.get("sender_allowed") is not True:
            message = "La persona non vuole nostri messaggi su App IO"
            raise Never(message)

    def _submit(self, parcel: Parcel) -> str:
        self._note_leaving(parcel.reference)
        try:
            answer = self.web.ask("POST", "/messages", _message(parcel))
        except Silent:
            raise
        except Later:
            self.notes.forget(parcel.reference)
            raise
        if answer.status in GAVE_UP:
            message = "App IO non ha detto se lo ha preso"
            raise Silent(message)
        if answer.status != CREATED:
            self.notes.forget(parcel.reference)
        _check(answer, CREATED)
        name = str(answer.said.get("id") or answer.location.rpartition("/")[2])
        # It left: a full disk must not say otherwise. Without this note it would go another way, too.
        with contextlib.suppress(OSError):
            self.notes.write(parcel.reference, Note("taken", name, parcel.to))
        return name

    def _note_leaving(self, reference: str) -> None:
        try:
            self.notes.write(reference, Note())
            self.notes.clear()
        except OSError as failure:
            message = "Non riusciamo a scrivere che un messaggio parte"
            raise Later(message) from failure

    def _became(self, reference: str, known: Note) -> str | None:
        """Ask by their own name: here App IO wants the code in the address, and offers no other way."""
        answer = self.web.ask("GET", f"/messages/{known.fiscal_code}/{known.id}")
        if answer.status == NOT_FOUND:
            return SENT
        if answer.status != OK:
            message = f"App IO ha risposto {answer.status}"
            raise Later(message)
        state = BECAME.get(str(answer.said.get("status")), SENT)
        if state != SENT:
            with contextlib.suppress(OSError):
                self.notes.write(reference, Note(state))
        return state


def _given(known: Note) -> str:
    if known.state == "leaving":
        message = "Non sappiamo se App IO lo ha preso"
        raise Never(message)
    return known.id


def _message(parcel: Parcel) -> dict[str, object]:
    """Return a new message as App IO wants it. It never goes on by e-mail: a box may be anybody's."""
    return {
        "fiscal_code": parcel.to,
        "time_to_live": TRIED_FOR,
        "feature_level_type": "STANDARD",
        "content": {
            "subject": words.subject(parcel.subject, parcel.language),
            "markdown": words.body(parcel.text, parcel.language),
            "require_secure_channels": True,
        },
    }


def _check(answer: Answer, wanted: int) -> None:
    """Raise ``Later`` for what may pass, ``Never`` with its reason for the rest. Their own words may name somebody: not kept."""
    if answer.status == wanted:
        return
    if answer.status == TOO_MANY or answer.status >= BROKEN:
        message = f"App IO ha risposto {answer.status}: più tardi"
        raise Later(message)
    raise Never(REASONS.get(answer.status, f"App IO ha risposto {answer.status}"))
