"""Measures against goals: ratios, counts and bytes decide; seconds are printed beside their goal."""
