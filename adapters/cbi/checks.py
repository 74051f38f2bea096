"""What a bank refuses though the schema lets it through. Every check reads the file, since the file is what leaves.

Sources: CBI payment request 00.04.01 and the ISO 20022 message inside it (pain.001.001.09); European Payments Council, EPC132-08
(character set, identifiers) and EPC409-09 (countries); ISO 13616 (IBAN). What only the body's bank knows: docs/decisions/0025.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays
from stdnum import iban
from stdnum.exceptions import ValidationError

from adapters.cbi import characters
from adapters.cbi.envelope import EURO, ISSUER, SEPA, TRANSFER, drawn
from adapters.cbi.reading import Line, Sheet, read
from cortile.benefits.bank import OrderProblems, PaymentOrder, Problem
from cortile.kit import working_days

LONGEST_NAME, LONGEST_TEXT, LONGEST_ID = 70, 140, 35
# 999.999.999,99 euros: EPC132-08, AT-T002 (amount of the transfer).
HIGHEST_CENTS = 99_999_999_999
# Government, supplier, other. Codes that say what the money is for (SSBE, social security benefit…) are left out on purpose:
# the payee's bank, and whoever stands behind her at the counter, would read them.
CATEGORIES = frozenset({"GOVT", "SUPP", "OTHR"})
# EPC409-09: countries whose accounts SEPA transfers reach. The list grows: to be confirmed with each of its versions.
SEPA_COUNTRIES = frozenset(
    {"AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU", "IE", "IS"}
    | {"IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA"}
)
# Further away, the year is a slip of the hand.
FURTHEST = timedelta(days=366)
_CUC, _ABI = re.compile(r"[A-Z0-9]{8}"), re.compile(r"\d{5}", re.ASCII)
_US = re.compile(r"\bcortile\b", re.IGNORECASE)
# Where an Italian IBAN holds its bank: country, check digits and the CIN come first.
_BANK = slice(5, 10)


def problems(order: PaymentOrder) -> list[Problem]:
    """Return all that is wrong with an order, in the file's own order: none means that its file may leave."""
    return problems_in(drawn(order))


def problems_in(xml: bytes) -> list[Problem]:
    """Return all that is wrong with a written file, beyond its schema: sums and counts are taken again from its lines."""
    try:
        sheet = read(xml)
    except OrderProblems as found:
        return list(found.problems)
    return [*_header(sheet), *_debtor(sheet), *_dates(sheet), *_twice(sheet), *_lines(sheet)]


def is_bank_day(day: date) -> bool:
    """Tell whether Italian banks move money on a day: a working day, on which TARGET is open (it is not on Good Friday)."""
    return working_days.is_working(day, "") and day not in _target_closed(day.year)


@lru_cache(maxsize=8)
def _target_closed(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("ECB", years=year))


def _header(sheet: Sheet) -> Iterator[Problem]:
    """GrpHdr, and what must agree with it in PmtInf."""
    yield from _identifier(None, "message-id-form", sheet.message_id)
    if sheet.information_id != sheet.message_id:
        yield Problem(None, "information-id-other", "I due numeri del file non sono uguali. Scrivi il file di nuovo.")
    if not sheet.lines:
        yield Problem(None, "no-transfers", "Non c'è nessun pagamento. Aggiungine almeno uno.")
    # As text: «007» is seven, and a number of a thousand digits is no reason to stop.
    if (sheet.count.lstrip("0") or "0") != str(len(sheet.lines)):
        yield Problem(None, "count-wrong", f"Il file dice {sheet.count} pagamenti e ne ha {len(sheet.lines)}. Scrivilo di nuovo.")
    if sheet.total != sum(line.cents or 0 for line in sheet.lines):
        yield Problem(None, "sum-wrong", "Il totale non è la somma dei pagamenti. Scrivi il file di nuovo.")
    yield from _named(None, "initiator", "di chi manda il file", sheet.initiating_party)
    if not _CUC.fullmatch(sheet.cuc):
        yield Problem(None, "cuc-form", "Il codice CUC ha otto cifre o lettere maiuscole. Copialo dal contratto con la banca.")
    if sheet.issuer != ISSUER:
        yield Problem(None, "issuer-not-cbi", "Il codice CUC deve dire che lo ha dato CBI. Scrivi il file di nuovo.")
    if (sheet.method, sheet.service) != (TRANSFER, SEPA):
        yield Problem(None, "not-sepa-transfer", "Il file non ordina bonifici SEPA. Scrivilo di nuovo.")


def _debtor(sheet: Sheet) -> Iterator[Problem]:
    """Dbtr, DbtrAcct and DbtrAgt: CBI wants the ABI of the bank that keeps the account, which is Italian."""
    yield from _named(None, "debtor", "dell'ente", sheet.debtor_name)
    if not _is_iban(sheet.debtor_iban):
        yield Problem(None, "debtor-iban-wrong", "L'IBAN dell'ente ha un errore. Copialo di nuovo dal contratto con la banca.")
    elif not sheet.debtor_iban.startswith("IT"):
        yield Problem(None, "debtor-iban-foreign", "Il conto dell'ente non è italiano. Scegli il conto della tesoreria.")
    elif not _ABI.fullmatch(sheet.abi) or sheet.abi != sheet.debtor_iban[_BANK]:
        yield Problem(None, "abi-other-bank", f"L'ABI non è quello del conto. Scrivi {sheet.debtor_iban[_BANK]}.")


def _dates(sheet: Sheet) -> Iterator[Problem]:
    """CreDtTm and ReqdExctnDt/Dt. A day is never moved by us: who signs chooses it."""
    day, today = sheet.execution_date, sheet.written_on
    if today is None:
        yield Problem(None, "instant-without-zone", "L'ora del file non dice il fuso. Scrivi il file di nuovo.")
    if day is None:
        yield Problem(None, "date-form", "Il giorno del pagamento va scritto senza ora. Scegline uno.")
    elif today is None:
        return
    elif day < today:
        yield Problem(None, "date-past", "Il giorno del pagamento è già passato. Scegline uno da oggi in poi.")
    elif day - today > FURTHEST:
        yield Problem(None, "date-too-far", "Il pagamento è tra più di un anno. Guarda se l'anno è giusto.")
    elif not is_bank_day(day):
        yield Problem(None, "date-not-working", f"Il {_said(day)} le banche sono chiuse. Scegli il {_said(_next_bank_day(day))}.")


def _next_bank_day(day: date) -> date:
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _twice(sheet: Sheet) -> Iterator[Problem]:
    """PmtId: EndToEndId and InstrId are each unique in a file; the second one is named, with the row of the first."""
    for code, ids in (
        ("end-to-end-twice", [line.end_to_end_id for line in sheet.lines]),
        ("instruction-twice", [line.instruction_id for line in sheet.lines]),
    ):
        repeated = {found for found, times in Counter(ids).items() if times > 1}
        firsts: dict[str, int] = {}
        for row, found in enumerate(ids, start=1):
            if found in repeated and firsts.setdefault(found, row) != row:
                yield Problem(row, code, f"Il numero è già alla riga {firsts[found]}. Danne uno diverso a ogni pagamento.")


def _lines(sheet: Sheet) -> Iterator[Problem]:
    for row, line in enumerate(sheet.lines, start=1):
        yield from _identifier(row, "end-to-end-form", line.end_to_end_id)
        yield from _identifier(row, "instruction-form", line.instruction_id)
        yield from _category(row, line.category)
        yield from _amount(row, line)
        yield from _named(row, "name", "di chi riceve", line.name)
        yield from _account(row, line.iban)
        yield from _text(row, line.texts)


def _category(row: int, code: str) -> Iterator[Problem]:
    """CtgyPurp/Cd: CBI wants it towards Italian accounts; a code of the external list, and «SEPA» is none."""
    allowed = ", ".join(sorted(CATEGORIES))
    if not code:
        yield Problem(row, "category-missing", f"Manca il codice del tipo di pagamento. Scegli tra {allowed}.")
    elif code not in CATEGORIES:
        yield Problem(row, "category-unknown", f"Il tipo di pagamento {code} non va bene. Scegli tra {allowed}.")


def _amount(row: int, line: Line) -> Iterator[Problem]:
    if line.cents is None or line.cents <= 0:
        yield Problem(row, "amount-too-small", "La somma deve essere più di zero. Correggila o togli la riga.")
    elif line.cents > HIGHEST_CENTS:
        yield Problem(row, "amount-too-large", "La somma supera 999.999.999,99 euro. Correggila.")
    if line.currency != EURO:
        yield Problem(row, "currency-not-euro", "La somma non è in euro. Scrivi il file di nuovo.")


def _account(row: int, number: str) -> Iterator[Problem]:
    if not _is_iban(number):
        yield Problem(row, "iban-wrong", "L'IBAN ha un errore. Chiedilo di nuovo a chi riceve i soldi.")
    elif number[:2] not in SEPA_COUNTRIES:
        yield Problem(row, "iban-outside-sepa", f"Un conto di {number[:2]} è fuori dall'area SEPA. Chiedi un altro conto.")


def _is_iban(number: str) -> bool:
    """Tell whether an account number holds (ISO 13616, check digits and the country's form), written as a file writes it."""
    try:
        return bool(iban.validate(number) == number)
    except ValidationError:
        return False


def _text(row: int, texts: tuple[str, ...]) -> Iterator[Problem]:
    """RmtInf: one Ustrd of at most 140 characters in all (the schema would take many)."""
    if len(texts) > 1:
        yield Problem(row, "text-twice", "Ci sono due testi. Lasciane uno, di 140 lettere al massimo.")
        return
    text = "".join(texts)
    yield from _written(row, "text", "il testo del pagamento", text, LONGEST_TEXT, "Scrivilo senza.")
    if _US.search(text):
        yield Problem(row, "text-names-us", "Il testo non deve dire «Cortile». Scrivi un testo neutro.")


def _named(row: int | None, code: str, whose: str, name: str) -> Iterator[Problem]:
    return _written(row, code, f"il nome {whose}", name, LONGEST_NAME, "Scrivilo in lettere latine, come sul conto.")


def _written(row: int | None, code: str, what: str, text: str, longest: int, instead: str) -> Iterator[Problem]:
    """Max70Text and Max140Text, not blank, in the SEPA Latin character set. A sentence shows wrong letters, never a name."""
    if not text.strip():
        yield Problem(row, f"{code}-missing", f"Manca {what}. Scrivilo.")
    if len(text) > longest:
        yield Problem(row, f"{code}-too-long", f"{what.capitalize()} ha {len(text)} lettere. Portalo a {longest} al massimo.")
    if wrong := characters.outside(text):
        shown = " ".join(wrong[:5])
        yield Problem(row, f"{code}-characters", f"{what.capitalize()} ha segni che la banca non legge ({shown}). {instead}")


def _identifier(row: int | None, code: str, number: str) -> Iterator[Problem]:
    """Max35Text; EPC132-08: no «/» at either end, no «//» inside. It names nobody, and does not name us."""
    slashes = number.startswith("/") or number.endswith("/") or "//" in number
    blank = not number.strip() or number != number.strip()
    if blank or slashes or len(number) > LONGEST_ID or characters.outside(number) or _US.search(number):
        whose = "del file" if row is None else "del pagamento"
        yield Problem(row, code, f"Il numero {whose} non va bene. Usa al massimo {LONGEST_ID} segni: {characters.SAID}.")
