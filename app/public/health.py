"""`/health`: one word for a watchdog, and one for each job."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError

from app.accounts.guard import public
from app.messaging import queries

blueprint = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/health")
@public
def health() -> tuple[str, int, dict[str, str]]:
    """First `ok` or `late` for all, then for each job by name; `database` with 503 when that does not answer."""
    try:
        pulse = queries.pulse()
    except OperationalError:
        return "database\n", 503, PLAIN
    lines = [_word(all(pulse.values())), *(f"{job} {_word(fine)}" for job, fine in pulse.items())]
    return "\n".join(lines) + "\n", 200, PLAIN


def _word(is_fine: bool) -> str:
    return "ok" if is_fine else "late"
