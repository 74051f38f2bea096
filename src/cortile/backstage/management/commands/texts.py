"""``texts``: the sentences of the screens in every language of the house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from cortile.backstage import texts
from cortile.backstage.command import Job


class Command(Job):
    """Finds every sentence and writes the files translators fill in."""

    help = "Raccoglie le frasi delle pagine e tiene in ordine le traduzioni."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what else can be done with the files."""
        parser.add_argument("--check", action="store_true", help="non scrive: dice che cosa manca o non torna")
        parser.add_argument("--compile", action="store_true", help="scrive i file che le pagine leggono")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Update, check or compile."""
        if options["compile"]:
            for language in texts.LANGUAGES:
                texts.compiled(language)
            return
        asked = {code: texts.asked_of(code) for code in texts.LANGUAGES}
        if not options["check"]:
            for language, sentences in asked.items():
                texts.update(language, sentences)
        lines = [f"{code}: {line}" for code, sentences in asked.items() for line in texts.wrong(sentences, texts.known(code))]
        self.stdout.write("\n".join(lines))
        if lines and options["check"]:
            message = f"{len(lines)} frasi da mettere a posto. Scrivile in config/locale."
            raise CommandError(message)
