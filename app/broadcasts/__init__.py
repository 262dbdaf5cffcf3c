"""What leaves towards the audiences: texts of the shared message, released by a second pair of eyes, sent once."""
