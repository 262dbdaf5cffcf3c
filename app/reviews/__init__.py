"""From the log to learning: the debrief's four questions, and learning points with owner and deadline."""
