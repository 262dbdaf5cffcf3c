"""Importing this gathers every page of the package."""

from app.direction.page import blueprint as blueprint
from app.direction.views import acknowledging, agreed_plan, answers, instructions, stances

PAGES = (instructions, answers, acknowledging, agreed_plan, stances)
