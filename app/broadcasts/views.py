"""Importing this gathers every page of the package."""

from app.broadcasts import following, freeing, informing, press, releasing, translating, under_way, writing
from app.broadcasts.page import blueprint as blueprint

PAGES = (writing, under_way, translating, releasing, following, freeing, informing, press)
