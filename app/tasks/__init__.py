"""Action cards at work: what each party has to do, by when, and what became of it."""
