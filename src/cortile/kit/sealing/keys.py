"""The sealer's key: one private file that only its process reads, and beside it each public key with the seals it may sign."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OTHERS = 0o077


class SealingError(RuntimeError):
    """Sealing cannot begin, or must stop; the message says in words what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """The seals a key may sign: from one to another, or from one on."""

    first: int = 1
    last: int | None = None

    def holds(self, number: int) -> bool:
        """Tell whether a seal is one of them."""
        return self.first <= number and (self.last is None or number <= self.last)


Trusted = Mapping[bytes, Span]


def key_file() -> Path:
    """Return where the private key is: ``CORTILE_SEAL_KEY_FILE``, else in the state folder."""
    state = os.environ.get("CORTILE_STATE", ".state")
    return Path(os.environ.get("CORTILE_SEAL_KEY_FILE") or Path(state) / "seal.key")


def public_file(path: Path | None = None) -> Path:
    """Return where the public keys are, ``hex from_seal [to_seal]`` a line, oldest first: anybody may read it."""
    path = path or key_file()
    return path.with_name(f"{path.name}.pub")


def exposed(path: Path | None = None) -> bool:
    """Tell whether somebody else than its owner may read the private key."""
    path = path or key_file()
    return path.exists() and bool(path.stat().st_mode & OTHERS)


def private_key(path: Path | None = None, *, may_make: bool, last: int = 0) -> Ed25519PrivateKey:
    """Read the private key, or make one that signs after the seal ``last``.

    Raise ``SealingError`` for one that others read, that was put aside, or that is gone.
    """
    path = path or key_file()
    if exposed(path):
        message = f"La chiave dei sigilli si legge da altri: chmod 600 {path}"
        raise SealingError(message)
    if not path.exists():
        if not may_make:
            message = f"Ci sono sigilli ma non la chiave {path}: rimettila, oppure comincia con una nuova: cortile seal --new-key"
            raise SealingError(message)
        return _make(path, last)
    found = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(found, Ed25519PrivateKey):
        message = f"{path} non è una chiave Ed25519."
        raise SealingError(message)
    # With no list at all there was never another key: this one signed from the beginning.
    _publish(found, path, last if public_file(path).exists() else 0)
    return found


def retire() -> None:
    """Put the private key aside: the next one continues the chain, and the old public half stays known for its own seals."""
    path = key_file()
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{int(time.time())}"))


def raw(key: Ed25519PrivateKey) -> bytes:
    """Return the public half, 32 bytes."""
    return key.public_key().public_bytes_raw()


def known(path: Path | None = None) -> Trusted:
    """Return the public keys the sealer ever had on this machine. Raise ``SealingError`` for a list that cannot be read."""
    public = public_file(path)
    lines = [line.split() for line in public.read_text().splitlines() if line.strip()] if public.exists() else []
    try:
        # A key alone is of before there were spans.
        return {bytes.fromhex(key): Span(*(int(number) for number in numbers)) for key, *numbers in lines}
    except (TypeError, ValueError) as wrong:
        message = f"{public} è scritto male: una chiave per riga, con il primo sigillo e, se è finita, l'ultimo."
        raise SealingError(message) from wrong


def replaced(path: Path, text: str, mode: int) -> None:
    """Write a file in one go: whoever reads it, even after a fall, finds the old words or the new ones."""
    other = path.with_name(f"{path.name}.{os.getpid()}.new")
    other.unlink(missing_ok=True)
    with os.fdopen(os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    other.replace(path)


def _make(path: Path, last: int) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(*form))
    _publish(key, path, last)
    return key


def _publish(key: Ed25519PrivateKey, path: Path, last: int) -> None:
    """Note a key that is new from the seal after ``last`` on, and that the one before it ends there."""
    spans = known(path)
    if raw(key) not in spans:
        ended = {other: replace(span, last=last) if span.last is None else span for other, span in spans.items()}
        replaced(public_file(path), "".join(_line(*one) for one in [*ended.items(), (raw(key), Span(last + 1))]), 0o644)
    elif spans[raw(key)].last is not None:
        message = f"La chiave {path} è stata messa da parte: comincia con una nuova: cortile seal --new-key"
        raise SealingError(message)


def _line(key: bytes, span: Span) -> str:
    return f"{key.hex()} {span.first}{'' if span.last is None else f' {span.last}'}\n"
