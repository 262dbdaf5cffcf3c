"""Reminders and "tell at once": shown on screen and sent to the party's first contact, once per key."""
