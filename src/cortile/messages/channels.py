"""Channels out of the house: a file for SMS until an operator's gateway is an adapter, Django's own mail for the rest."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from cortile.messages.models import Delivery


def to_file(delivery: Delivery) -> None:
    """Write an SMS as a file in the outbox folder, readable by its owner only."""
    folder = Path(settings.OUTBOX_DIR) / delivery.channel
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{delivery.pk:08d}.txt"
    path.write_text(f"A: {delivery.to}\n\n{delivery.text}\n", encoding="utf-8")
    path.chmod(0o600)


def to_mail(delivery: Delivery) -> None:
    """Send a mail with Django's backend: SMTP where configured, files in the demo.

    Its identifier is the row's: a mail sent again after a crash is the same mail for the box that receives it.
    """
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<delivery-{delivery.pk}@{host}>"}
    EmailMessage(delivery.subject, delivery.text, None, [delivery.to], headers=headers).send()


CHANNELS = {"sms": to_file, "paper": to_file, "email": to_mail}
