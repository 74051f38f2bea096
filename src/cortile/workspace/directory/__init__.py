"""The directory, as whoever keeps its cards sees it."""
