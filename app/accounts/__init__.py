"""Users, sign-in, sessions, registered phones, and the guard that every view carries."""
