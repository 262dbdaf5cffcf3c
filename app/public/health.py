"""`/health`: one word for a watchdog."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError

from app.accounts.guard import public
from app.messaging import queries

blueprint = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/health")
@public
def health() -> tuple[str, int, dict[str, str]]:
    """`ok`, `late` when the sender has been silent for a minute, `database` with 503 when that does not answer."""
    try:
        return "late\n" if queries.late() else "ok\n", 200, PLAIN
    except OperationalError:
        return "database\n", 503, PLAIN
