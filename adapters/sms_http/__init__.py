"""An SMS gateway spoken to in JSON over HTTP: see README.md."""
