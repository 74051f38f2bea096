"""One measured figure. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# Seconds depend on the machine and on who else is using it: they are printed with their goal, and never decide.
TIMES = frozenset({"s", "ms", "µs"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit; a reference makes it a ratio to something measured beside it."""

    name: str
    value: float
    unit: str
    reference: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return value over reference, or None without a reference."""
        return self.value / self.reference if self.reference else None

    @property
    def decides(self) -> bool:
        """Tell whether a goal missed by this figure is a failure: a plain time never is."""
        return self.unit not in TIMES or self.reference is not None
