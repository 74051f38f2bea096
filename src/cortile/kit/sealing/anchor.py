"""The anchor: the last seal as an outside witness keeps it, in a mail or on paper. Without it a cut tail cannot be told."""

from __future__ import annotations

import email
import email.policy
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cortile.kit.sealing import record
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.record import Seal

KIND = "cortile-audit-root-1"
_BLOCK = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A seal that somebody outside remembers."""

    number: int
    digest: bytes
    public_key: bytes


def written(seal: Seal) -> str:
    """Write a seal as its witness keeps it, one value a line."""
    block = {
        "kind": KIND, "number": seal.number, "sealed_at": record.instant(seal.sealed_at), "digest": seal.digest.hex(),
        "signature": seal.signature.hex(), "public_key": seal.public_key.hex(),
    }  # fmt: skip
    return json.dumps(block, indent=0)


def read(path: Path) -> list[Anchor]:
    """Read the anchors of a saved mail or of a JSON file, the oldest first. Raise ``SealingError`` when there is none."""
    found = sorted((_anchor(block) for block in _blocks(_text(path))), key=lambda anchor: anchor.number)
    if not found:
        message = f"In {path} non c'è un'ancora dell'audit: serve la mail della radice, o il suo JSON."
        raise SealingError(message)
    return found


def _text(path: Path) -> str:
    """Return the words of a mail however they were wrapped for the journey, or the file as it is."""
    content = path.read_bytes()
    mail = email.message_from_bytes(content, policy=email.policy.default)
    body = mail.get_body(("plain",)) if mail["Subject"] else None
    return body.get_content() if body is not None else content.decode(errors="replace")


def _blocks(text: str) -> list[dict[str, object]]:
    found = []
    for block in _BLOCK.findall(text):
        try:
            said = json.loads(block)
        except ValueError:
            continue
        if said.get("kind") == KIND:
            found.append(said)
    return found


def _anchor(said: dict[str, object]) -> Anchor:
    try:
        datetime.fromisoformat(str(said["sealed_at"]))
        return Anchor(int(str(said["number"])), bytes.fromhex(str(said["digest"])), bytes.fromhex(str(said["public_key"])))
    except (KeyError, ValueError) as wrong:
        message = "L'ancora è scritta male: manca qualcosa, o è stata cambiata."
        raise SealingError(message) from wrong
