"""Small steps the acts of this room share. Each runs inside an act's transaction."""

from __future__ import annotations

from collections.abc import Collection

from cortile.kit.anonymous import SENTENCE, personal
from cortile.network import access, reads
from cortile.network.models import Network


def check(condition: object, code: str, **names: object) -> None:
    """Raise the refusal with a code unless the condition holds."""
    if not condition:
        raise access.refuse(code, **names)


def said(text: str, *, of: Network | None, missing: str = "words-missing", apart: Collection[str] = SENTENCE) -> str:
    """Return a sentence ready to be kept. Raise ``words-missing`` for none, ``somebody-named`` for one that is not anonymous.

    Organisations, services and quarters may be named: they are nobody. ``apart`` is what is not looked for (``kit.anonymous``).
    """
    bare = " ".join(text.split())
    check(bare, missing)
    found = personal(bare, reads.sayable(of), apart=apart)
    check(not found, "somebody-named", found=found)
    return bare
