"""The marked language, the cast with contacts, and people at their browsers."""

from tests.languages.marking import marked_texts as marked_texts
from tests.languages.marking import marking as marking
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
