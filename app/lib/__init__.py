"""Small tools without any domain in them: time, text, phone numbers, translation, column types."""
