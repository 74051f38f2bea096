"""Mechanism without one housing word: actors, actions, audit, events, clock, files, pages."""
