"""``haven backup --to FILE``: a copy of the lane, closed to a key that is not on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from cortile.haven import backups
from cortile.haven.command import Job


class Command(Job):
    """Copies every row, closed; or draws the offline key, on another machine."""

    help = "Fa una copia chiusa alla chiave di HAVEN_BACKUP_RECIPIENT. --new-key, su un'altra macchina, fa quella chiave."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where it goes."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", type=Path)
        what.add_argument("--new-key", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Copy, and say how many rows; or draw a key and say its public half."""
        if options["new_key"]:
            private, public = backups.fresh_key()
            backups.kept(options["new_key"], f"{private}\n".encode())
            self.stdout.write(
                f"HAVEN_BACKUP_RECIPIENT={public}\nTieni {options['new_key'].name} lontano dalla macchina della corsia."
            )
            return
        to = backups.recipient(settings.BACKUP_RECIPIENT)
        with transaction.atomic():
            if len(connection.savepoint_ids) == 0:
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            closed, counts = backups.made(to)
        backups.kept(options["to"], closed)
        self.stdout.write(f"Copia fatta: {sum(counts.values())} righe di {len(counts)} tavole, {len(closed)} byte chiusi.")
