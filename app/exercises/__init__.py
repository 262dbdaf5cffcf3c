"""The violet door: exercises start here, never from the real form."""
