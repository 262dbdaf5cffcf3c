"""Small functions that make rows for tests: `make_user(name="…")`; each flushes and returns the row."""

from tests.factories.areas import (
    make_actor,
    make_area,
    make_data_protection,
    make_membership,
    make_organisation,
    make_place,
)
from tests.factories.people import PASSWORD, make_user
from tests.factories.visitor import Visitor

__all__ = [
    "PASSWORD",
    "Visitor",
    "make_actor",
    "make_area",
    "make_data_protection",
    "make_membership",
    "make_organisation",
    "make_place",
    "make_user",
]
