"""The app on somebody's own device: its name and icon there, and what it shows without a network."""
