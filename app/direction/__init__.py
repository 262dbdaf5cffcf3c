"""What the police say and what others record on their behalf."""
