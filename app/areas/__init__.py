"""Housing areas, their sections, organisations, actors, memberships, and what a role grants."""
