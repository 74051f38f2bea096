"""What leaves the screen, read back: sheets and mails."""

from __future__ import annotations

import io
import re

import pypdf
from playwright.sync_api import Page

from cortile.messages.models import Delivery

LINK, CODE = r"(/ufficio/l/[^/]+/)", r"(\d{3} ?\d{3})"


def printed(page: Page, name: str) -> str:
    """Return the words of the sheet a link of the page prints."""
    address = page.get_by_role("link", name=name).get_attribute("href") or ""
    pdf = pypdf.PdfReader(io.BytesIO(page.request.get(address).body()))
    return " ".join(" ".join(p.extract_text() for p in pdf.pages).replace("\u00a0", " ").split())


def mailed(pattern: str) -> str:
    """Return what the last mail that has it says where a pattern points."""
    found = [re.search(pattern, mail.text) for mail in Delivery.objects.filter(channel="email").order_by("-pk")]
    return next(match.group(1) for match in found if match)
