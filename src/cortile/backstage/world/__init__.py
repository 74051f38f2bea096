"""The invented world «San Siro in 5 minuti»: eighteen months through the rooms' own acts, the same for the same seed."""

from cortile.backstage.world.build import AlreadyThere, build

__all__ = ["AlreadyThere", "build"]
