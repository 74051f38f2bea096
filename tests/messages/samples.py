"""Values somebody could really receive, long rather than short: every text is measured with them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cortile.messages import rules

VALUES: dict[str, object] = {
    "number": 10427,
    "owner": "Mariagrazia",
    "role": "community manager",
    "phone": "02 5550 000",
    "hours": "lun–ven 9:00–17:00",
    "one": "Marta",
    "many": "Marta e Luca",
    "agency": "ALER Pavia-Lodi",
    "date": date(2026, 9, 23),
    "next_reading": datetime(2026, 3, 16, 8, tzinfo=UTC),
    "text": "Il tecnico arriva giovedì mattina. Lascia libero il pianerottolo.",
    "what": "una foto della bolletta",
    "office": "Ufficio manutenzioni",
    "service": "Doposcuola Arcobaleno di via dei Tigli",
    "organization": "Associazione Il Cortile",
    "day": date(2026, 9, 21),
    "old_date": date(2026, 9, 16),
    "reason": "il pezzo arriva la settimana prossima",
    "missed_date": date(2026, 9, 16),
    "lead": "Paola",
    "lead_role": "responsabile",
    "starts_at": datetime(2026, 9, 23, 8, 30, tzinfo=UTC),
    "was": datetime(2026, 9, 16, 8, 30, tzinfo=UTC),
    "place": "Spazio C.A.S.A. San Siro",
    "address": "via dei Tigli 10",
    "bring": "il foglio ISEE",
    "since": "10:00",
    "until": "10:30",
    "tongue": "arabo",
    "amount": "1.412,50 euro",
    "instalment": "98,20 euro",
    "interpreter": "02 5550 090",
    "code": "482915",
    "page": "casa.example.invalid",
    "root": '{"kind": "cortile-audit-root-1", "number": 1}',
    "link": "https://casa.example.invalid/ufficio/l/abc/",
    "causes": "Il motivo è uno solo. La regola chiede questo: l'ISEE non supera 15.000 euro. Da noi risulta: ISEE, 15.420 euro.",
    "steps": "Se il tuo reddito è sceso, puoi chiedere l'ISEE corrente. Poi rifai la domanda.",
    "way": "Puoi anche chiedere di pagare l'affitto a rate.",
    "last_day": date(2026, 10, 23),
    "days": 10,
    "sum": "412,50 euro",
    "position": 812,
    "reached": 760,
    "award": "600 euro",
    "before": "1.412,50 euro",
    "cause": "L'INPS ha corretto il tuo ISEE.",
    "difference": "La differenza è di 1.000 euro: decidiamo insieme come sistemarla.",
    "account": "Il dato di partenza è la spesa di riscaldamento da pagare: 825 euro. Il contributo è la metà, fino a 600 euro.",
    "paid_how": "Lo togliamo dalla bolletta.",
}
KEYS = sorted(rules.entries("it"))
TENANT_KEYS = [key for key in KEYS if rules.entries("it")[key].kind != "staff"]
SMS_KEYS = [key for key in KEYS if rules.entries("it")[key].kind == "sms"]


def said(key: str, language: str = "it", **changes: object) -> str:
    """Return a text of the catalogue as somebody reads it."""
    return rules.render(key, language, **(VALUES | changes)).body
