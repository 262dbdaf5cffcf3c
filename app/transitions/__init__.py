"""One readable function for each change of state: activate, join, take over, stand down, annul, reopen."""
