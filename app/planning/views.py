"""The package's pages."""

from app.planning import draft_views, entry_views
from app.planning.proposal_views import blueprint as proposals
from app.planning.reaching import blueprint
from app.planning.what_if_view import blueprint as what_if

__all__ = ["blueprint", "draft_views", "entry_views", "proposals", "what_if"]
