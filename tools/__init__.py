"""What ./run is made of: standard library only, until the environment stands."""
