"""``cortile doctor``: what this installation still lacks before real people may use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from cortile.backstage.command import Job
from cortile.kit import seals
from cortile.kit.sealing import keys

OTHERS_MAY_READ = 0o077
WITNESSES_WANTED = 2


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
    if _owns_tables():
        yield "L'applicazione lavora come proprietaria delle tabelle: usa il ruolo dell'applicazione in DATABASE_URL."
    if urlsplit(settings.PUBLIC_ADDRESS).scheme != "https":
        yield "L'indirizzo pubblico non è https: correggi CORTILE_PUBLIC_ADDRESS."
    if not settings.EMAIL_HOST:
        yield "Le mail finiscono in un file: scrivi CORTILE_SMTP_HOST."
    yield from _audit_lacks()


def _audit_lacks() -> Iterator[str]:
    if len(set(settings.WITNESSES)) < WITNESSES_WANTED:
        yield "La radice dell'audit vuole due testimoni fuori da qui: scrivi due caselle in CORTILE_WITNESSES."
    if seals.late():
        yield "Nell'ultimo minuto nessuno ha sigillato l'audit: avvia cortile seal."
    if keys.exposed():
        yield f"La chiave dei sigilli si legge da altri: chmod 600 {keys.key_file()}"


def _readable_by_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS_MAY_READ)


def _owns_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_tables WHERE tableowner = current_user AND schemaname = 'public' LIMIT 1")
        return cursor.fetchone() is not None
