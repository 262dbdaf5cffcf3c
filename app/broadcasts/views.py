"""Importing this gathers every page of the package."""

from app.broadcasts import freeing, releasing, writing
from app.broadcasts.page import blueprint as blueprint

PAGES = (writing, releasing, freeing)
