"""``cortile routes``: every address, who may open it, and an example in the demo world."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cortile.backstage import routes
from cortile.backstage.command import Job


class Command(Job):
    """Lists the routes."""

    help = "Elenca gli indirizzi: porta, metodi, chi può aprirli, un esempio nel mondo di prova."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print them."""
        if options["json"]:
            self.stdout.write(json.dumps(routes.as_rows(), ensure_ascii=False, indent=1))
            return
        for route in routes.every():
            self.stdout.write(f"{route.door:10} {' '.join(route.methods):9} {route.policy:18} {route.sample or route.pattern}")
