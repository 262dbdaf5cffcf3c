"""Benches: what is fast, and what it was measured against. Each file is a section of RESULTS.md."""
