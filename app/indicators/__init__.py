"""Tryghed: dimensions, survey rounds, figures and crime series; honest by design."""
