"""A refusal is a sentence the person in front of us could receive, with what to do next."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818 -- the trade says "refused", and a refusal is an answer rather than an error
    """An act that may not, or cannot, be done.

    ``code`` is stable and English (tests and logs name it), ``sentence`` and ``what_to_do`` are Italian, on screen.
    """

    def __init__(self, code: str, sentence: str, what_to_do: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.sentence = str(sentence)
        self.what_to_do = str(what_to_do)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence} {self.what_to_do}".strip()


class NotVisible(Refused):
    """What must not be known to exist: every door turns it into a 404."""

    def __init__(self) -> None:
        super().__init__("not-visible", _("Non troviamo questa pagina."), _("Torna indietro o cerca di nuovo."))
