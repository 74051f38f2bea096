"""Asking for help: three screens, five taps, no key."""
