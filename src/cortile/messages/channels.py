"""The two carriers of the house itself: files, until a gateway is named in the settings, and Django's own mail."""

from __future__ import annotations

import smtplib
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from cortile.kit.carriers import Later, Never, Parcel

# What a mail server says for good (RFC 5321 §4.2.1): a five hundred. All else is worth another attempt.
FOR_GOOD = 500


class Files:
    """Writes what would leave as a file of the outbox folder, readable by its owner only: the same file at each attempt."""

    looks_up = False

    def send(self, parcel: Parcel) -> str:
        """Write a file, named after its reference. Raise ``Later`` when the disk does not take it."""
        folder = Path(settings.OUTBOX_DIR) / parcel.channel
        path = folder / f"{parcel.reference}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text(f"A: {parcel.to}\n\n{parcel.text}\n", encoding="utf-8")
            path.chmod(0o600)
        except OSError as failure:
            raise Later(str(failure)) from failure
        return ""

    def look_up(self, reference: str) -> str | None:
        """A file says nothing of what became of it, and is written twice without harm."""
        del reference
        return None


class Mail:
    """Sends with Django's backend: SMTP where configured, files in the demo.

    Its identifier is the parcel's: a mail sent again after a crash is the same mail for the box that receives it.
    """

    looks_up = False

    def send(self, parcel: Parcel) -> str:
        """Send a mail and return its identifier. Raise ``Later``; ``Never`` when the server refuses the address for good."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        name = f"<{parcel.reference}@{host}>"
        message = EmailMessage(parcel.subject, parcel.text, None, [parcel.to], headers={"Message-ID": name})
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            raise (Never if codes and min(codes) >= FOR_GOOD else Later)("refused") from refused
        except (OSError, ValueError) as failure:
            raise Later(str(failure)) from failure
        return name

    def look_up(self, reference: str) -> str | None:
        """A mail server cannot be asked: what was perhaps sent is sent again under the same identifier."""
        del reference
        return None
