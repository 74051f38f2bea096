"""The paper twin: one A5 side in Italian and in the person's language, as PDF. Plain data in, the same bytes out.

Typst draws it with the fonts of two packages and never the machine's own, so that Arabic joins its letters everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import typst
from babel.lists import format_list

from cortile.kit import dates
from cortile.kit.working_days import Hours
from cortile.messages import rules

TEMPLATES = Path(__file__).parent / "sheets"
NO_BREAK, JOINED = "\u00a0", "\u2060"
FONTS = [str(files(package) / "files") for package in ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet of a request says. It never says what the request is about, nor whose it is."""

    number: int
    owner: str
    role: str
    date: date | None
    phone: str
    agency: str
    language: str = "it"
    place: str = ""
    opens_at: datetime | None = None
    # When the number is answered, and by whom: who reads it calls a person, not an office.
    hours: Sequence[Hours] = ()
    answering: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """What the sheet with a sign-in code says. The code is in clear here and nowhere else."""

    card_number: str
    code: str
    valid_until: date
    page: str
    phone: str
    agency: str
    language: str = "it"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to hand over on paper."""

    body: str
    body_it: str
    agency: str
    language: str = "it"


@dataclass(frozen=True, slots=True)
class Look:
    """A line of who read or wrote somebody's data, already in one language. The names are as their owners write them."""

    day: date
    name: str
    role: str
    sentence: str
    reason: str = ""
    body: str = ""
    after: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class AccessSheet:
    """Who has seen somebody's data, in each of her languages, newest first. It never says whose they are."""

    looks: Mapping[str, Sequence[Look]]
    phone: str
    agency: str
    language: str = "it"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a table between organisations: sections of lines, already in Italian. Nobody's paper but the table's."""

    title: str
    agency: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[tuple[str, Sequence[str]]]


def minutes(said: Minutes) -> bytes:
    """Return the minutes of a table, as many pages as they take: they speak of services and never of somebody."""
    return _pdf("minutes", title=said.title, agency=said.agency, facts=[list(fact) for fact in said.facts],
                sections=[{"title": title, "lines": list(lines)} for title, lines in said.sections])  # fmt: skip


def request_sheet(sheet: Sheet) -> bytes:
    """Return the numbered twin of a request: it counts as much as the app."""
    values = {"owner": _with_role, "date": _date, "phone": _phone, "next_place": _next_place}
    said = [
        _said("title", "sheet", code, [(name, of(sheet, code)) for name, of in values.items()], **_answered(sheet, code))
        for code in _languages(sheet.language)
    ]
    return _pdf("request", title=f"{rules.label('title', 'it')} {sheet.number}", agency=sheet.agency,
                number=str(sheet.number), said=said)  # fmt: skip


def custodian_copy(number: int) -> bytes:
    """Return what a custodian keeps: the number alone (I8). No name, no topic, no office, so nothing more is asked for."""
    return _pdf("number", title=rules.label("copy_title", "it"), agency="", label=rules.label("copy_number", "it"),
                number=str(number))  # fmt: skip


def code_sheet(sheet: CodeSheet) -> bytes:
    """Return the sheet with the card number and the code written in groups, and how to enter."""
    half = len(sheet.code) // 2
    code = _unbroken(f"{sheet.code[:half]} {sheet.code[half:]}")
    facts = {"card": sheet.card_number, "code": code, "valid_until": sheet.valid_until}
    said = [
        _said("code_title", "code_sheet", language,
              [(name, rules.say(value, language)) for name, value in facts.items()],
              page=sheet.page, phone=_unbroken(sheet.phone))
        for language in _languages(sheet.language)
    ]  # fmt: skip
    return _pdf("code", title=rules.label("code_title", "it"), agency=sheet.agency, said=said)


def access_sheet(sheet: AccessSheet) -> bytes:
    """Return who has seen somebody's data, whole, in Italian and then in her language: for many it is the only place."""
    said = [
        _said("access_title", "access_sheet", language, [], phone=_unbroken(sheet.phone))
        | {
            "days": _days(sheet.looks[language], language),
            "empty": "" if sheet.looks["it"] else rules.label("access_empty", language),
        }
        for language in _languages(sheet.language)
    ]
    return _pdf("access", title=rules.label("access_title", "it"), agency=sheet.agency, said=said)


def _days(looks: Sequence[Look], language: str) -> list[dict[str, object]]:
    return [
        {"day": rules.say(day, language), "lines": [_look(look, language) for look in of_day]}
        for day, of_day in groupby(looks, key=lambda look: look.day)
    ]


def _look(look: Look, language: str) -> str:
    """Return «Marta, community manager, ha aperto la tua scheda (3 volte). Motivo: …»."""
    who = dates.listed([rules.say(word, language) for word in (look.name, look.role) if word], language)
    times = f" ({rules.label('access_times', language)}: {look.times})" if look.times > 1 else ""
    why = {"access_body": look.body, "access_reason": look.reason}
    named = [f"{rules.label(name, language)}: {rules.say(value, language)}." for name, value in why.items() if value]
    return " ".join([dates.listed([who, look.sentence], language) + f"{times}.", *named, *filter(None, [look.after])])


def letter(sent: Letter) -> bytes:
    """Return a message as a letter: the Italian text, and the one in the person's language when it is another."""
    bodies = {sent.language: sent.body} | {"it": sent.body_it}
    said = [_voice("letter_title", language, bodies[language]) for language in _languages(sent.language)]
    return _pdf("letter", title=rules.label("letter_title", "it"), agency=sent.agency, said=said)


def _languages(language: str) -> list[str]:
    """Return Italian, and the person's language when the catalogue has it."""
    return ["it", language] if language in rules.LANGUAGES and language != "it" else ["it"]


def _unbroken(number: str) -> str:
    """Keep a number on one line: half a telephone number dials somebody else."""
    return number.replace(" ", NO_BREAK)


def _with_role(sheet: Sheet, language: str) -> str:
    return dates.listed([rules.say(word, language) for word in (sheet.owner, sheet.role) if word], language)


def _date(sheet: Sheet, language: str) -> str:
    return rules.say(sheet.date, language) if sheet.date else ""


def _phone(sheet: Sheet, language: str) -> str:
    return rules.say(_unbroken(sheet.phone), language)


def _answered(sheet: Sheet, language: str) -> dict[str, str]:
    """Return what the sentences about the phone need: with nobody named, the hours alone."""
    # An hour cut from its other end by a new line is read as another hour.
    spans = [(h.weekday, dates.span(h.opens, h.closes, language).replace("–", f"–{JOINED}")) for h in sheet.hours]
    names = list(sheet.answering)
    by_day = [(day, dates.listed([said for _, said in some], language)) for day, some in groupby(spans, key=lambda s: s[0])]
    alone = names[0] if len(names) == 1 else ""
    together = format_list(names, locale=language) if len(names) > 1 else ""
    return {"phone": _unbroken(sheet.phone), "hours": dates.week(by_day, language), "one": alone, "many": together}


def _next_place(sheet: Sheet, language: str) -> str:
    if not sheet.place:
        return ""
    opening = f": {rules.say(sheet.opens_at, language)}" if sheet.opens_at else ""
    return rules.say(sheet.place, language) + opening


def _voice(title: str, language: str, body: str) -> dict[str, object]:
    return {
        "language": language,
        "rtl": language in rules.RIGHT_TO_LEFT,
        "title": rules.label(title, language),
        "body": body,
    }


def _said(title: str, key: str, language: str, facts: list[tuple[str, str]], **values: object) -> dict[str, object]:
    named = [{"name": rules.label(name, language), "value": value} for name, value in facts if value]
    return _voice(title, language, rules.render(key, language, **values).body) | {"facts": named}


def _pdf(template: str, **data: object) -> bytes:
    """Draw a template. The words travel as data, so nothing somebody typed is ever read as markup."""
    inputs: Mapping[str, str] = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    drawn = typst.compile(
        str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=FONTS, ignore_system_fonts=True,
        sys_inputs=dict(inputs), pdf_standards=["ua-1"], format="pdf",
    )  # fmt: skip
    return bytes(drawn)
