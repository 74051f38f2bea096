"""What INPS asks and is answered at ``/flussi``, ``/esiti`` and ``/status``: the shapes of api-comuni.yaml 2.0.1, and no HTTP."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from cortile.benefits.siuss.flow import encoded
from cortile.benefits.siuss.records import Flow

KIND = "PS_PSA_SINA"
DEFAULT_LIMIT, MOST = 10, 100
LATEST_SINCE = 10**20
ACCEPTED = "OK"
CODES = (ACCEPTED, "DATI_NON_TROVATI", "RICHIESTA_INVALIDA", "ERRORE_GENERICO")
REQUIRED = ("id_flusso", "tipo", "ts_flusso", "ts_acquisizione", "codice_esito")
OPTIONAL = ("descrizione_esito", "id_acquisizione_siuss")
INSTANTS = ("ts_flusso", "ts_acquisizione")
MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_DETAIL = 4096
# ``date-time`` is RFC 3339, which wants a zone; Python alone would also read a bare date or a week.
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """``EsitoFlusso``: what became of one flow. Instants are UTC; ``reason`` and ``siuss_id`` are empty when INPS gives none."""

    flow_id: str  # id_flusso
    kind: str  # tipo
    instant: datetime  # ts_flusso
    acquired_at: datetime  # ts_acquisizione
    code: str  # codice_esito, one of CODES
    reason: str = ""  # descrizione_esito
    siuss_id: str = ""  # id_acquisizione_siuss


@dataclass(frozen=True, slots=True)
class Outcome:
    """``ElencoEsiti``: the flows SIUSS took, and those it did not, in INPS's order."""

    accepted: tuple[Row, ...]
    rejected: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """``Flusso``: a flow ready to be pulled. ``content`` is the base64 of its XML."""

    id: str
    body_code: str
    body_name: str
    instant: datetime
    content: str


def summary(flow: Flow) -> Summary:
    """Return a flow ready to be pulled. Raise ``FlowProblems`` when something blocks it."""
    return Summary(flow.id, flow.body.code, flow.body.name, flow.instant, encoded(flow))


def read(outcome: object) -> Outcome:
    """Read the body of ``POST /esiti``, already parsed from JSON: all of it or nothing, INPS repeats what got no 2xx.

    An empty list is fine, and so are properties of a row the description does not name. Raise ``ValueError`` with a sentence
    for whatever the description does not allow.
    """
    if not isinstance(outcome, dict) or not set(outcome) <= {"elenco_esiti"}:
        message = "Il messaggio deve avere soltanto «elenco_esiti»."
        raise ValueError(message)
    listed = outcome.get("elenco_esiti", [])
    if not isinstance(listed, list) or len(listed) > MOST:
        message = f"«elenco_esiti» deve essere un elenco di al massimo {MOST} esiti."
        raise ValueError(message)
    rows = [_row(place, said) for place, said in enumerate(listed, 1)]
    return Outcome(tuple(r for r in rows if r.code == ACCEPTED), tuple(r for r in rows if r.code != ACCEPTED))


def page(flows: Iterable[Summary], *, since_ms: int, limit: int = DEFAULT_LIMIT) -> dict[str, list[dict[str, str]]]:
    """Return what ``GET /flussi`` answers: the flows after an instant in milliseconds, oldest first, no more than the limit.

    No flow is left is an empty list. INPS goes on from the last instant it has, so two flows in one millisecond could part
    over two pages and one be lost: they raise ``ValueError``, as a negative ``since_ms`` and a limit outside 0–100 do.
    """
    if not 0 <= since_ms <= LATEST_SINCE:
        message = "«since» deve essere un numero di millisecondi, da 0 in su."
        raise ValueError(message)
    if not 0 <= limit <= MOST:
        message = f"«limit» deve essere un numero da 0 a {MOST}."
        raise ValueError(message)
    after = sorted((flow for flow in flows if milliseconds(flow.instant) > since_ms), key=lambda flow: flow.instant)
    if len({milliseconds(flow.instant) for flow in after}) < len(after):
        message = "Due flussi hanno la stessa ora al millesimo di secondo."
        raise ValueError(message)
    return {"elenco_flussi": [_flow(flow) for flow in after[:limit]]}


def next_instant(now: datetime, last: datetime | None) -> datetime:
    """Return the instant of a new flow, in whole milliseconds of UTC: now, or the first after the last flow of the same body.

    Give it under a lock of the body: one that commits after a later one was pulled would never be asked for.
    """
    whole = EPOCH + milliseconds(now) * MILLISECOND
    return whole if last is None else max(whole, EPOCH + (milliseconds(last) + 1) * MILLISECOND)


def milliseconds(instant: datetime) -> int:
    """Return an aware instant as ``UnixTimestamp``: whole milliseconds since 1970, as ``ts_flusso`` writes them."""
    return (instant - EPOCH) // MILLISECOND


def status(*, works: bool, detail: str = "") -> dict[str, str | int]:
    """Return what ``GET /status`` answers, as application/problem+json: 200 when the service works, else 503."""
    return problem(HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE, detail)


def problem(code: int, detail: str) -> dict[str, str | int]:
    """Return ``Problem`` (RFC 7807): the body of ``/status`` and of whatever is refused, with the sentence of a ``ValueError``."""
    said: dict[str, str | int] = {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": int(code)}
    return said | ({"detail": detail[:LONGEST_DETAIL]} if detail else {})


def _flow(flow: Summary) -> dict[str, str]:
    return {
        "codice_ente": flow.body_code,
        "denominazione_ente": flow.body_name,
        "id_flusso": flow.id,
        "tipo": KIND,
        "ts_flusso": flow.instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "flusso": flow.content,
    }


def _row(place: int, said: object) -> Row:
    if not isinstance(said, dict):
        message = f"Esito {place}: deve essere un oggetto."
        raise ValueError(message)  # noqa: TRY004 -- the caller answers 400 to one kind of error
    texts = {name: _text(place, said, name) for name in (*REQUIRED, *OPTIONAL)}
    if texts["codice_esito"] not in CODES:
        message = f"Esito {place}: «codice_esito» deve essere uno di {', '.join(CODES)}."
        raise ValueError(message)
    made, acquired = (_instant(place, name, texts[name]) for name in INSTANTS)
    return Row(
        texts["id_flusso"], texts["tipo"], made, acquired,
        texts["codice_esito"], texts["descrizione_esito"], texts["id_acquisizione_siuss"],
    )  # fmt: skip


def _text(place: int, said: dict[str, object], name: str) -> str:
    if name not in said and name in REQUIRED:
        message = f"Esito {place}: manca «{name}»."
        raise ValueError(message)
    value = said.get(name, "")
    if not isinstance(value, str):
        message = f"Esito {place}: «{name}» deve essere un testo."
        raise ValueError(message)  # noqa: TRY004 -- as above
    # JSON carries halves of signs and a nought that no database keeps.
    return value.encode("utf-8", "replace").decode().replace("\0", "")


def _instant(place: int, name: str, text: str) -> datetime:
    if _DATE_TIME.fullmatch(text):
        with contextlib.suppress(ValueError, OverflowError):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    message = f"Esito {place}: «{name}» deve essere una data con ora e fuso, come 2026-03-11T10:00:00.000Z."
    raise ValueError(message)
