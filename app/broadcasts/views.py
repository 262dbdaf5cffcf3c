"""Importing this gathers every page of the package."""

from app.broadcasts import following, freeing, informing, press, releasing, translating, writing
from app.broadcasts.page import blueprint as blueprint

PAGES = (writing, translating, releasing, following, freeing, informing, press)
