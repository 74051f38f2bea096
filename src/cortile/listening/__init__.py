"""Contacts and help requests: the thread, the promise, the ball."""
