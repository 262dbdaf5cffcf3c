"""Incidents: the row, who takes part, its status, and who can reach it."""
