"""The review's pages; each module holds those of one subject."""

from app.reviews import debriefing, evaluating, learning, show, summaries
from app.reviews.board import blueprint as board
from app.reviews.files import views as files
from app.reviews.reaching import blueprint

__all__ = ["blueprint", "board", "debriefing", "evaluating", "files", "learning", "show", "summaries"]
