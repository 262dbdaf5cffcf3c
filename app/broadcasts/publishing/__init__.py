"""A text on the area's public page and its info screens: what everybody may read, and nothing beside it."""
