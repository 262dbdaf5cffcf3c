"""What follows from a plan that is being written: pure, with time and people as facts."""
