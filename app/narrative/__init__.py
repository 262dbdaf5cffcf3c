"""What is known and what is said: facts with a status, the situation report, the shared message."""
