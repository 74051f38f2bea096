"""``cortile doctor``: what this installation still lacks before real people may use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from cortile.agencies import reads as agencies
from cortile.backstage.command import Job
from cortile.kit import identity, seals, wall
from cortile.kit.sealing import keys

OTHERS_MAY_READ = 0o077
WITNESSES_WANTED = 2
READERS_WANTED = 2
OWN_MACHINE = {"127.0.0.1", "localhost", "testserver"}


class Command(Job):
    """Examines the installation."""

    help = "Dice che cosa manca a questa installazione prima di lavorare con dati veri."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print one line per thing that lacks; fail when there is any."""
        missing = list(lacks())
        for line in missing:
            self.stdout.write(f"- {line}")
        if missing:
            message = f"Manca qualcosa: {len(missing)}."
            raise CommandError(message)
        self.stdout.write("Non manca niente.")


def lacks() -> Iterator[str]:
    """Yield, in words, what production lacks."""
    if settings.DEMO:
        yield "È una prova: togli CORTILE_DEMO. I dati inventati non stanno insieme a quelli veri."
    if settings.DEBUG:
        yield "Le pagine mostrano gli errori: togli CORTILE_DEBUG."
    if _readable_by_others(Path(os.environ.get("CORTILE_SECRET_KEY_FILE", settings.STATE / "secret.key"))):
        yield "Il file della chiave segreta si legge da altri: chmod 600."
    if not settings.EMAIL_HOST:
        yield "Le mail finiscono in un file: scrivi CORTILE_SMTP_HOST."
    if settings.CARRIERS["sms"].startswith("cortile."):
        yield "Gli SMS finiscono in un file: scrivi CORTILE_SMS_CARRIER."
    if not settings.SMS_SECRET:
        yield "Gli SMS che arrivano non entrano: scrivi CORTILE_SMS_SECRET."
    if not settings.SCANNER:
        yield "Nessuno guarda dentro i file prima di tenerli: scrivi CORTILE_SCANNER."
    if settings.MAP_TILES and not settings.MAP_CREDIT:
        yield "La mappa non dice di chi sono le immagini: scrivi CORTILE_MAP_CREDIT."
    yield from _front_lacks()
    yield from _identity_lacks()
    shut_out = list(_database_lacks())
    yield from shut_out or [*_audit_lacks(), *_people_lack()]


def _front_lacks() -> Iterator[str]:
    if urlsplit(settings.PUBLIC_ADDRESS).scheme != "https":
        yield "L'indirizzo pubblico non è https: correggi CORTILE_PUBLIC_ADDRESS."
    if not settings.SESSION_COOKIE_NAME.startswith("__Host-") or not settings.SESSION_COOKIE_SECURE:
        yield "I cookie viaggiano anche senza https, senza il prefisso __Host-: va bene solo in una prova."
    if not settings.PROXY:
        yield "Non si sa chi sta davanti: se c'è un proxy nostro che scrive X-Forwarded-Proto e -For, scrivi CORTILE_PROXY=1."
    if not set(settings.ALLOWED_HOSTS) - OWN_MACHINE or any(name.startswith(("*", ".")) for name in settings.ALLOWED_HOSTS):
        yield "I nomi a cui si risponde mancano o sono troppi: scrivili uno per uno in CORTILE_ALLOWED_HOSTS."


def _identity_lacks() -> Iterator[str]:
    """Yield why nobody could come in with SPID or CIE, where they are named: half configured, silent, or of another hour."""
    for way in identity.ways():
        try:
            provider = identity.of(way)
        except (ImproperlyConfigured, ImportError, OSError) as wrong:
            yield f"{way.upper()} è configurato a metà: {wrong}."
            continue
        if provider is not None and (lacking := provider.lacks()):
            yield lacking


def _database_lacks() -> Iterator[str]:
    """Yield why the database cannot be asked anything else: a role too powerful, or a wall that does not know us."""
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as refused:
        yield f"L'applicazione lavora con un ruolo troppo potente: usa il suo in DATABASE_URL ({refused})."
        return
    try:
        with transaction.atomic():
            wall.enter(connection.connection, wall.held())
    except (DatabaseError, psycopg.Error):
        yield "La chiave del muro non è quella di questa installazione: esegui cortile migrate con la stessa chiave segreta."


def _audit_lacks() -> Iterator[str]:
    if len(set(settings.WITNESSES)) < WITNESSES_WANTED:
        yield "La radice dell'audit vuole due testimoni fuori da qui: scrivi due caselle in CORTILE_WITNESSES."
    if seals.late():
        yield "Nell'ultimo minuto nessuno ha sigillato l'audit: avvia cortile seal."
    if keys.exposed():
        yield f"La chiave dei sigilli si legge da altri: chmod 600 {keys.key_file()}"
    if lost := seals.lost():
        yield lost


def _people_lack() -> Iterator[str]:
    """Yield the bodies where an alarm about whoever looks at alarms reaches nobody, or nobody answers the phone on the sheets."""
    for body in agencies.agencies():
        if agencies.colleagues(body.pk) and len(agencies.reviewers(body.pk, "social")) < READERS_WANTED:
            yield f"{body.name}: un avviso su chi controlla gli accessi non lo legge nessun altro. Nomina una seconda persona."
        if body.phone and agencies.colleagues(body.pk) and not agencies.phone_turns(body.pk):
            yield f"{body.name}: nessuno ha un turno al telefono scritto sui fogli. Scrivi i turni in Amministrazione."


def _readable_by_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS_MAY_READ)
