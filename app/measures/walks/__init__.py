"""Tryghedsvandringer: planned, what is found written down outdoors, and each finding answered."""
