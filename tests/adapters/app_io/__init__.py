"""App IO as its own description says it is: see sandbox.py, and LICENSE.md for the description."""
