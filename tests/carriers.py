"""A carrier a test can watch: it keeps what it was given, and fails as it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field

from cortile.kit.carriers import Parcel


@dataclass
class Watched:
    """Keeps parcels; each failure in turn comes before anything is kept, unless it is to come ``after``."""

    failures: list[Exception] = field(default_factory=list)
    after: bool = False
    looks_up: bool = False
    sent: list[Parcel] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def send(self, parcel: Parcel) -> str:
        """Keep a parcel, or fail."""
        failure = self.failures.pop(0) if self.failures else None
        if failure is None or self.after:
            self.sent.append(parcel)
        if failure is not None:
            raise failure
        return f"c-{len(self.sent)}"

    def look_up(self, reference: str) -> str | None:
        """Say what a test wrote, else whether it was kept, where this carrier can."""
        kept = "sent" if any(p.reference == reference for p in self.sent) else None
        return self.said.get(reference, kept) if self.looks_up else None
