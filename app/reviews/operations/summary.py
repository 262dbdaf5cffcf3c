"""What boards may read of a review: written by whoever takes part, approved by who leads the review."""

from app.areas.by import By
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.reviews import queries
from app.reviews.models import PublicSummary, Review


def write_summary(review: Review, text: str, *, by: By, not_cpr: bool = False) -> PublicSummary:
    """The next version; nobody outside reads it before it is approved."""
    newest = queries.summary_of(review)
    made = PublicSummary(
        review=review, number=newest.number + 1 if newest else 1, text=marked(review.incident, text),
        written_at=clock.now(), written_by_id=by.user.id, written_as=by.actor,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    said = f"Resumé til bestyrelserne v{made.number} er skrevet: {text}"
    log.write(review.incident, Kind.MESSAGE, said, by=by, not_cpr=not_cpr)
    return made


def approve_summary(summary: PublicSummary, *, by: By) -> None:
    """Boards may read it from now on. Only the newest version; an approved one is never changed."""
    newest = queries.summary_of(summary.review)
    if newest is None or newest.id != summary.id:
        raise Refused(Reason(N_("Der er skrevet en nyere version. Læs den først.")))
    if summary.approved_at is not None:
        return
    summary.approved_by_id, summary.approved_as = by.user.id, by.actor
    summary.approved_at = clock.now()
    db.session.flush()
    said = f"Resumé til bestyrelserne v{summary.number} er godkendt. Bestyrelsesmedlemmer kan læse det."
    log.write(summary.review.incident, Kind.MESSAGE, said, by=by)
