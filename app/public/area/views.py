"""Importing this gathers every page of the package."""

from app.public.area import feeds, poster, sign_up, standing
from app.public.area.frame import blueprint as blueprint

PAGES = (standing, feeds, sign_up, poster)
