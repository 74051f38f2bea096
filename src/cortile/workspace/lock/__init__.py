"""The locked screen of the staff, and the PIN that opens it."""
