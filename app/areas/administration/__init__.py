"""The administrator's screens: people, areas, organisations, and what was changed. No incidents."""
