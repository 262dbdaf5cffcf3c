"""Who answered, as a page that follows along and as files; and each party over time."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.documents import operations as documents
from app.exercises import response_paper
from app.exercises.queries import drill_of
from app.exercises.responses import in_short, report_of, said_of, said_of_step
from app.exercises.rules import Verdict
from app.exercises.trend import exercises_of, trend_of
from app.extensions import db
from app.incidents import log
from app.incidents.access import Seen, reader, seen_or_404
from app.live.queries import versions

blueprint = Blueprint("responses", __name__)
STATES = {
    Verdict.IN_TIME: "good", Verdict.LATE: "warn", Verdict.SILENT: "bad", Verdict.WAITING: "warn",
    Verdict.NOT_ASKED: "none",
}  # fmt: skip


@blueprint.get("/incidents/<public_id>/response")
@requires(Permission.READ_ROOM)
def response(public_id: str) -> str:
    """The report, while it comes in and afterwards. The counter is read before the data it stands for."""
    seen = _exercise_or_404(public_id)
    topic = log.topic(seen.incident, "parties")
    return render_template("exercises/response.html", versions={"parties": versions([topic])[topic]}, **_context(seen))


@blueprint.get("/incidents/<public_id>/response/answers")
@requires(Permission.READ_ROOM)
def answers(public_id: str) -> str:
    """The panel anew."""
    return render_template("exercises/_answers.html", **_context(_exercise_or_404(public_id)))


@blueprint.post("/incidents/<public_id>/response/pdf")
@requires(Permission.READ_ROOM)
def response_pdf(public_id: str) -> Response:
    """Leaves the paper to the worker."""
    return _ask(public_id, "pdf")


@blueprint.post("/incidents/<public_id>/response/csv")
@requires(Permission.READ_ROOM)
def response_csv(public_id: str) -> Response:
    """The same as a table."""
    return _ask(public_id, "csv")


@blueprint.get("/exercises/over-time")
@requires(Permission.READ_ROOM)
def over_time() -> str:
    """Each party by itself."""
    here = reader()
    return render_template("exercises/over_time.html", parties=trend_of(here), exercises=exercises_of(here))


def _ask(public_id: str, ending: str) -> Response:
    seen = _exercise_or_404(public_id)
    back = url_for(".response", public_id=public_id)
    document = documents.ask(response_paper.wanted(seen, ending, back), by=seen.reader.by)
    response_paper.note(seen)
    db.session.commit()
    return redirect(url_for("documents.show", public_id=document.public_id), 303)


def _exercise_or_404(public_id: str) -> Seen:
    seen = seen_or_404(public_id)
    return seen if seen.incident.is_exercise else abort(404)


def _context(seen: Seen) -> dict[str, object]:
    report = report_of(seen.incident)
    return {
        "incident": seen.incident, "report": report, "short": in_short(report), "said_of": said_of,
        "said_of_step": said_of_step, "states": STATES, "drill": drill_of(seen.incident),
    }  # fmt: skip
