"""Calling the parties: on-duty contact, deputy, all; codes, links and acknowledgements."""
