"""Settings, addresses and wiring: above everything, imported by nothing."""
