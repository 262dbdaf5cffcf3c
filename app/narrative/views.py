"""Importing this gathers every page of the package."""

from app.narrative import facts, messages, reports
from app.narrative.page import blueprint as blueprint

PAGES = (facts, reports, messages)
