"""Files (PDF, CSV, ZIP) made by the worker and kept as a row, so that any host can serve them.

A package above registers a `Kind` in wiring.py and calls `operations.ask` with everything that is to stand in the
file as JSON data: gathered in the asker's own request, so that nothing enters which the asker could not see. What
takes long to gather is promised first and given afterwards (`promise`, `give`), so that nothing is held meanwhile. The
worker makes the bytes (`jobs.make_documents`); the page follows by the live poll; the asker alone gets the file, for
as long as the kind says that the asker may still read it, and for a day. A PDF is a `paper` (a typst file beside the
package it belongs to, dressed by `paper/house.typ`) set with the data: see `typesetting.typeset`.
"""
