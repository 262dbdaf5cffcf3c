"""The plan as it is written: a draft, its faults in words, two parties' yes, and *hvad sker der, hvis*."""
