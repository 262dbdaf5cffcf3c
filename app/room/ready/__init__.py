"""*Er vi klar?*: what would fail if it happened now, said while there is time to mend it."""

from app.room.ready.views import blueprint

__all__ = ["blueprint"]
