"""``cortile pictures``: take the main screens of the demo world into ``docs/pictures``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.agencies import reads as agencies
from cortile.backstage import pictures
from cortile.backstage.bench.server import HOST, serving
from cortile.backstage.command import Job


class Command(Job):
    """Takes the pictures."""

    help = "Fotografa le pagine principali del mondo di prova in docs/pictures (360 e 1280 punti, italiano e arabo)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where the pictures go."""
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "docs" / "pictures")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve the world of this database and take them."""
        if not agencies.personas():
            message = "Il mondo di prova non c'è: prima ./run cortile seed."
            raise CommandError(message)
        with serving({}) as port:
            for path in pictures.take(f"http://{HOST}:{port}", options["folder"]):
                self.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB")
