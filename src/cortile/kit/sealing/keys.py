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


def public_file() -> Path:
    """Return where the public keys are, one a line in hexadecimal, oldest first: anybody may read it."""
    return key_file().with_name(f"{key_file().name}.pub")


def exposed() -> bool:
    """Tell whether somebody else than its owner may read the private key."""
    return key_file().exists() and bool(key_file().stat().st_mode & OTHERS)


def private_key(*, may_make: bool) -> Ed25519PrivateKey:
    """Read the private key, or make the first one. Raise ``SealingError`` for one that others read, or that is gone."""
    path = key_file()
    if exposed():
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
    _publish(found)
    return found


def retire() -> None:
    """Put the private key aside: the next one continues the chain, and the old public half stays known."""
    path = key_file()
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{int(time.time())}"))


def raw(key: Ed25519PrivateKey) -> bytes:
    """Return the public half, 32 bytes."""
    return key.public_key().public_bytes_raw()


def known() -> frozenset[bytes]:
    """Return the public keys the sealer ever had on this machine."""
    path = public_file()
    return frozenset(bytes.fromhex(line) for line in path.read_text().split()) if path.exists() else frozenset()


def _make(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(*form))
    _publish(key)
    return key


def _publish(key: Ed25519PrivateKey) -> None:
    if raw(key) not in known():
        with public_file().open("a") as file:
            file.write(f"{raw(key).hex()}\n")
