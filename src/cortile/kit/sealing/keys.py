"""The sealer's key: one private file that only its process reads, and beside it the public keys it ever had."""

from __future__ import annotations

import os
import time
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OTHERS = 0o077


class SealingError(RuntimeError):
    """Sealing cannot begin; the message says in words what to do."""


def key_file() -> Path:
    """Return where the private key is: ``CORTILE_SEAL_KEY_FILE``, else in the state folder."""
    state = os.environ.get("CORTILE_STATE", ".state")
    return Path(os.environ.get("CORTILE_SEAL_KEY_FILE") or Path(state) / "seal.key")


def public_file(path: Path | None = None) -> Path:
    """Return where the public keys are, one a line in hexadecimal, oldest first: anybody may read it."""
    path = path or key_file()
    return path.with_name(f"{path.name}.pub")


def exposed(path: Path | None = None) -> bool:
    """Tell whether somebody else than its owner may read the private key."""
    path = path or key_file()
    return path.exists() and bool(path.stat().st_mode & OTHERS)


def private_key(path: Path | None = None, *, may_make: bool) -> Ed25519PrivateKey:
    """Read the private key, or make the first one. Raise ``SealingError`` for one that others read, or that is gone."""
    path = path or key_file()
    if exposed(path):
        message = f"La chiave dei sigilli si legge da altri: chmod 600 {path}"
        raise SealingError(message)
    if not path.exists():
        if not may_make:
            message = f"Ci sono sigilli ma non la chiave {path}: rimettila, oppure comincia con una nuova: cortile seal --new-key"
            raise SealingError(message)
        return _make(path)
    found = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(found, Ed25519PrivateKey):
        message = f"{path} non è una chiave Ed25519."
        raise SealingError(message)
    _publish(found, path)
    return found


def retire() -> None:
    """Put the private key aside: the next one continues the chain, and the old public half stays known."""
    path = key_file()
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{int(time.time())}"))


def raw(key: Ed25519PrivateKey) -> bytes:
    """Return the public half, 32 bytes."""
    return key.public_key().public_bytes_raw()


def known(path: Path | None = None) -> frozenset[bytes]:
    """Return the public keys the sealer ever had on this machine."""
    public = public_file(path)
    return frozenset(bytes.fromhex(line) for line in public.read_text().split()) if public.exists() else frozenset()


def _make(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(*form))
    _publish(key, path)
    return key


def _publish(key: Ed25519PrivateKey, path: Path) -> None:
    if raw(key) not in known(path):
        with public_file(path).open("a") as file:
            file.write(f"{raw(key).hex()}\n")
