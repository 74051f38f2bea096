"""Sealing, in one place: a phrase opens an operator's key, that the association's, that a record's. Pure: no database.

HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) to a public key, AES-256-GCM under a key, Argon2id (RFC 9106) for a phrase. Each
ciphertext is bound to a context, the place it stands in: carried to another row, it does not open.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY_BYTES, NONCE_BYTES, SALT_BYTES = 32, 12, 16


class UnreadableError(Exception):
    """Raised where a key does not open what it was tried on, for whatever reason: which one helps only who guesses."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its public one, 32 bytes each."""

    private: bytes = field(repr=False)
    public: bytes


@dataclass(frozen=True, slots=True)
class Stretching:
    """How slow a phrase is: KiB of memory, passes, lanes (Argon2id). Kept with each key, so that it may grow later."""

    memory: int = 65_536
    passes: int = 3
    lanes: int = 2


def fresh_pair() -> Pair:
    """Draw a new pair."""
    private = X25519PrivateKey.generate()
    return Pair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def fresh_key() -> bytes:
    """Draw a key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def fresh_salt() -> bytes:
    """Draw the salt of a phrase."""
    return os.urandom(SALT_BYTES)


def stretched(phrase: str, salt: bytes, how: Stretching) -> bytes:
    """Return the key of 32 bytes a phrase gives, slowly."""
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=how.passes, lanes=how.lanes, memory_cost=how.memory).derive(
        phrase.encode()
    )


def seal(public: bytes, plain: bytes, context: str) -> bytes:
    """Seal something so that only the private key of a pair opens it, in this context."""
    return SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=context.encode())


def unseal(private: bytes, sealed: bytes, context: str) -> bytes:
    """Open what was sealed to a pair. Raise ``UnreadableError`` for another key, another context or a changed byte."""
    try:
        return SUITE.decrypt(bytes(sealed), X25519PrivateKey.from_private_bytes(private), info=context.encode())
    except (InvalidTag, ValueError) as wrong:
        raise UnreadableError from wrong


def encrypt(key: bytes, plain: bytes, context: str) -> bytes:
    """Close something under a key of 32 bytes: nonce, then ciphertext."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def decrypt(key: bytes, closed: bytes, context: str) -> bytes:
    """Open what was closed under a key. Raise ``UnreadableError`` for another key, another context or a changed byte."""
    held = bytes(closed)
    try:
        return AESGCM(key).decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as wrong:
        raise UnreadableError from wrong
