"""The way in, and the pages that belong to nobody."""
