"""How long things are kept: what goes when and what holds it back, and what one person may see and have erased."""
