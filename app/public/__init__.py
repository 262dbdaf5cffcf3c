"""What needs no login."""
