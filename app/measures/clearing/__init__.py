"""Nul-tolerance: graffiti, hærværk and affald are reported, and a clock runs until they are removed."""
