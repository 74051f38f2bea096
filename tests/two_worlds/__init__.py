"""Two worlds equal but for protected cases: nobody outside the lane can tell one from the other."""
