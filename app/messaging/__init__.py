"""Everything that leaves the house: outbox → dispatcher → channels → receipts. Knows no incidents.

Others call `outbox.queue` and `outbox.cancel`, fill the slots in `hooks`, and read through `queries`.
"""
