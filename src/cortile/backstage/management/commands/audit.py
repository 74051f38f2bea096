"""``cortile audit verify|root``: whether the audit is still what was sealed, and the anchor a witness keeps."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from cortile.backstage.command import Job
from cortile.kit import audit
from cortile.kit.actor import current
from cortile.kit.sealing import anchor, keys, sealer
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.verifier import Verification


class Command(Job):
    """Verifies the audit, or says its root."""

    help = "verify: rilegge tutto l'audit e dice che cosa è stato cambiato e dove. root: l'ancora di adesso, per un testimone."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what to do and what the witness kept."""
        parser.add_argument("what", choices=["verify", "root"])
        parser.add_argument(
            "--anchor", type=Path, help="la mail della radice, salvata, o il suo JSON: senza non si vede una coda tagliata"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, as the audit's role."""
        try:
            self._root() if options["what"] == "root" else self._verify(options["anchor"])
        except (SealingError, OSError) as refused:
            raise CommandError(str(refused)) from refused

    def _root(self) -> None:
        with sealer.connect() as conn:
            last = sealer.last_seal(conn)
        if last is None:
            message = "Non c'è ancora nessun sigillo: avvia cortile seal."
            raise CommandError(message)
        self.stdout.write(anchor.written(last))

    def _verify(self, kept: Path | None) -> None:
        anchors, known = anchor.read(kept) if kept else [], keys.known()
        if not anchors and not known:
            message = (
                f"Non so di chi siano le chiavi, e una firma di chiunque sembrerebbe buona: serve {keys.public_file()} o un'ancora."
            )
            raise CommandError(message)
        with sealer.connect() as conn:
            walk, found = Verification(conn, anchors=anchors, known=known, demo=settings.DEMO), 0
            for finding in walk.findings():
                found += 1
                self.stdout.write(finding.sentence)
        said = f"sigilli={walk.seals} eventi={walk.events} in attesa={walk.waiting} alterazioni={found}"
        # Reads of the audit are audited, this one too.
        with transaction.atomic():
            audit.leave("audit.verified", by=current(), verb="R", reason=said)
        self.stdout.write(said)
        if not anchors:
            self.stdout.write("Senza un'ancora una coda tagliata non si vede: usa --anchor con la mail di un testimone.")
        if settings.DEMO:
            self.stdout.write("È una prova, raccontata al passato: l'ora che gli eventi dicono non è stata controllata.")
        if found:
            sys.exit(1)
