"""Screens that gather many packages: front page, activation, the room. Owns no tables."""
