"""What every command of the house is: a job, by its name, shown every body (whoever runs it holds the machine)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cortile.kit.actor import acting, system


class Job(BaseCommand):
    """A command whose reads and acts are a job's."""

    def execute(self, *args: Any, **options: Any) -> str | None:  # noqa: ANN401 -- Django's own signature
        """Run as the job of the command's own name."""
        with acting(system(self.__class__.__module__.rpartition(".")[2])):
            return super().execute(*args, **options)
