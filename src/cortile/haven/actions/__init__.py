"""The only writers of the lane."""
