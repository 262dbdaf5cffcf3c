"""Files made by the worker: who gets them, what is in them, and what happens when they cannot be made."""
