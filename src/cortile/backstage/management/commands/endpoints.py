"""``cortile endpoints``: the machine interfaces, with their base address and demo key, as they come to exist."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cortile.backstage.command import Job

# None exists yet: the first is the directory's.
ENDPOINTS: list[dict[str, str]] = []


class Command(Job):
    """Lists the machine interfaces."""

    help = "Elenca le interfacce per le macchine. Per ora non ce ne sono."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print them."""
        self.stdout.write(json.dumps(ENDPOINTS) if options["json"] else "Per ora non ci sono interfacce per le macchine.")
