"""The way in, the set-up and the commands."""
