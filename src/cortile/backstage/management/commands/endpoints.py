"""``cortile endpoints``: the machine interfaces, with their base address and demo key, as they come to exist."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cortile.backstage.command import Job

SIGNED = "X-Signature: sha256=HMAC(CORTILE_SMS_SECRET, body)"
ENDPOINTS: list[dict[str, str]] = [
    {"name": "sms arrived", "method": "POST", "address": "/api/sms/arrivi/", "key": SIGNED},
    {"name": "sms settled", "method": "POST", "address": "/api/sms/stati/", "key": SIGNED},
]


class Command(Job):
    """Lists the machine interfaces."""

    help = "Elenca le interfacce per le macchine."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print them."""
        lines = (f"{e['method']} {e['address']} ({e['name']}) {e['key']}" for e in ENDPOINTS)
        self.stdout.write(json.dumps(ENDPOINTS) if options["json"] else "\n".join(lines))
