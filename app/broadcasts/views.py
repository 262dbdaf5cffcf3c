"""Importing this gathers every page of the package."""

from app.broadcasts import freeing, informing, releasing, writing
from app.broadcasts.page import blueprint as blueprint

PAGES = (writing, releasing, freeing, informing)
