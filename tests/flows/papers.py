"""What a page prints, read back."""

from __future__ import annotations

import io

import pypdf
from playwright.sync_api import Page


def printed(page: Page, name: str) -> str:
    """Return the words of the sheet a link of the page prints."""
    address = page.get_by_role("link", name=name).get_attribute("href") or ""
    pdf = pypdf.PdfReader(io.BytesIO(page.request.get(address).body()))
    return " ".join(" ".join(p.extract_text() for p in pdf.pages).replace("\u00a0", " ").split())
