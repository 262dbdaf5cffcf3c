"""What changed since the page was read: a counter per topic, raised last in the transaction that changed it.

A page reads the counters before its data and carries them; its poll (2 s) gets 304 until one of
them is higher, then fetches the named fragments anew. A poll never counts as activity.
"""
