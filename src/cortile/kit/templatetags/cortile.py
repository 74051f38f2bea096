"""What every template of the house can say without loading anything."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from babel import Locale
from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.crypto import salted_hmac
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cortile.kit import actor as actors
from cortile.kit import dates, drafts, languages, pages
from cortile.kit.actor import Kind

register = template.Library()


def _language() -> str:
    found = get_language() or "it"
    return found if found in languages.every() else languages.SOURCE


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of the house."""
    return format_html('<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', pages.MARK)


@register.filter
def day(value: date | datetime | None) -> str:
    """Say a day with its weekday: «venerdì 14 marzo»."""
    return dates.long_day(value, _language()) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Say a day in figures."""
    return dates.short_day(value, _language()) if value else ""


@register.filter
def hour(value: datetime | time | None) -> str:
    """Say an hour: «10:30»."""
    return dates.hour(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Say a day and an hour."""
    return dates.moment(value, _language()) if value else ""


@register.filter
def week(openings: list[tuple[int, str]]) -> str:
    """Say the opening hours of a week: «lun–ven 9:00–17:00»."""
    return dates.week(openings, _language())


@register.simple_tag
def hours(opens: time, closes: time) -> SafeString:
    """Say from when to when: «9:00–17:00»; an earlier end is of the next day: «dalle 20:00 alle 8:00 del giorno dopo»."""
    if closes <= opens:
        night = _("dalle %(opens)s alle %(closes)s del giorno dopo")
        return format_html("<bdi>{}</bdi>", night % {"opens": dates.hour(opens), "closes": dates.hour(closes)})
    return format_html("<bdi>{}</bdi>", dates.span(opens, closes, _language()))


@register.simple_tag
def comma() -> str:
    """Part one fact from the next as the language does."""
    return languages.of(_language()).comma


@register.filter
def month(value: date) -> str:
    """Say a month and its year."""
    return dates.month_name(value, _language())


@register.filter
def euro(cents: int | None) -> str:
    """Say an amount of cents."""
    return dates.euro(cents, _language()) if cents is not None else ""


@register.filter
def bdi(value: Any) -> SafeString:  # noqa: ANN401 -- whatever a page shows
    """Isolate a number, a code or a Latin name inside right-to-left text."""
    return mark_safe(f"<bdi>{conditional_escape(value)}</bdi>")  # noqa: S308 -- escaped here, without format_html's detour


@register.filter
def tel(number: str) -> SafeString:
    """Make a number callable in one tap."""
    return format_html('<a href="{}"><bdi>{}</bdi></a>', dial(number), number)


@register.filter
def direction(code: str) -> str:
    """Say from which side a language is written, as HTML does."""
    return languages.of(code).direction


@register.filter
def dial(number: str) -> str:
    """Return the address that calls a number, for a button of its own."""
    dialled = "".join(c for c in str(number) if c.isdigit() or c == "+")
    prefix = "" if dialled.startswith("+") or len(dialled) <= SHORT_NUMBER else "+39"
    return f"tel:{prefix}{dialled}"


@register.filter
def tongue(code: str) -> str:
    """Name a language in the page's own: «arabo»."""
    return str(Locale.parse(_language()).languages.get(code, code))


SHORT_NUMBER = 5


@register.simple_tag
def device_mark() -> str:
    """Return what tells a person's device that it is still theirs, and nobody who they are; nothing for anybody but a tenant."""
    by = actors.current()
    return salted_hmac("cortile.device.kept", by.key, algorithm="sha256").hexdigest()[:16] if by.kind == Kind.TENANT else ""


@register.simple_tag(takes_context=True)
def draft(context: Context, key: str) -> SafeString:
    """Name the draft a form saves itself into: signed, so that it is written even after the session has ended."""
    request: HttpRequest = context["request"]
    token = drafts.token(actors.current(), key, path=request.get_full_path())
    return format_html('<input type="hidden" name="bozza" value="{}">', token)


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """Return this page's address in another language."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query["lingua"] = code
    return f"?{query.urlencode()}"


@register.simple_tag
def once() -> SafeString:
    """Give a form its key: however often it is sent, one record (I12)."""
    return format_html('<input type="hidden" name="once" value="{}">', drafts.fresh_key())
