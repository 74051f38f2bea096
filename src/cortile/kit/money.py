"""Money is integer cents. Nothing here knows about floats."""

from __future__ import annotations

import re

ITALIAN = re.compile(r"^-?\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?$|^-?\d+(?:[,.]\d{1,2})?$")


def figures(cents: int) -> str:
    """Write cents as on a bill: «9.360,01», whole amounts without decimals."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{grouped}{f',{rest:02d}' if rest else ''}"


def cents(text: str) -> int:
    """Read «1.234,50», «1234,5», «1234.50» or «640» as cents. Raise ``ValueError`` for anything else."""
    bare = text.strip().removesuffix("€").removeprefix("€").strip()
    if not ITALIAN.match(bare):
        raise ValueError(text)
    sign, digits = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    if "," in digits:
        whole, _, rest = digits.replace(".", "").partition(",")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        whole, rest = digits.replace(".", ""), ""
    else:
        whole, _, rest = digits.partition(".")
    return sign * (int(whole) * 100 + int(rest.ljust(2, "0") or 0))
