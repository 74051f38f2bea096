"""What anybody reads of the lane, without a name and without a trace we control."""
