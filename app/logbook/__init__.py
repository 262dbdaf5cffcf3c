"""The log (logbog): append-only entries in one hash chain per incident, erased by two people, verified by anyone."""
