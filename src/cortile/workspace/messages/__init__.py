"""What is said to a whole building."""
