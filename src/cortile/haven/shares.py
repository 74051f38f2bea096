"""The three papers: any two of them give the secret back that opens an association's key (SLIP-0039). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from cortile.haven import keys
from cortile.haven.keys import UnreadableError

NEEDED, PAPERS = 2, 3


def fresh_secret() -> bytes:
    """Draw the secret of a recovery: 32 bytes."""
    return keys.fresh_key()


def split(secret: bytes) -> list[str]:
    """Return three papers of words."""
    return list(generate_mnemonics(1, [(NEEDED, PAPERS)], secret)[0])


def joined(papers: Sequence[str]) -> bytes:
    """Return the secret of two papers. Raise ``UnreadableError`` for one paper, a misspelt one or papers of two associations."""
    try:
        return bytes(combine_mnemonics([" ".join(paper.lower().split()) for paper in papers]))
    except MnemonicError as wrong:
        raise UnreadableError from wrong
