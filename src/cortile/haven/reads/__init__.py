"""What the lane's doors ask for."""
