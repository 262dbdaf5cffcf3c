"""Contacts from a file: what its columns say, which contacts they are already, and the moment when all of it counts."""
