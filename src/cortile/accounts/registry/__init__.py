"""The registry import: ``run(agency, folder_or_files, by=…, dry_run=…) -> Report``. Columns in ``docs/import.md``."""

from cortile.accounts.registry.report import Change, FileReport, Reject, Report
from cortile.accounts.registry.run import run

__all__ = ["Change", "FileReport", "Reject", "Report", "run"]
