"""`/health`: one word for a watchdog."""

import sqlalchemy as sa
from flask import Blueprint
from sqlalchemy.exc import OperationalError

from app.accounts.guard import public
from app.extensions import db

blueprint = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/health")
@public
def health() -> tuple[str, int, dict[str, str]]:
    """`ok`; `database` with 503 when the database does not answer."""
    try:
        db.session.execute(sa.select(1))
    except OperationalError:
        return "database\n", 503, PLAIN
    return "ok\n", 200, PLAIN
