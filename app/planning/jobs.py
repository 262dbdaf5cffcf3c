"""What the scheduler calls: a plan's review comes near, and has passed. In office hours, each thing once."""

from datetime import timedelta

from app.extensions import db
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.notices.operations import notify
from app.planning import queries
from app.plans.models import Plan
from app.plans.queries import document_of, today
from app.reviews.rules import in_office_hours

AHEAD = timedelta(days=30)


def remind_of_review() -> None:
    """Every party reads it; who leads the plan's reviews gets it as a text too. One commit per plan."""
    if not in_office_hours(clock.now()):
        return
    for plan in queries.to_review_until(today() + AHEAD):
        _remind(plan)
        db.session.commit()


def _remind(plan: Plan) -> None:
    assert plan.review_on is not None  # the query asks for it
    document, day = document_of(plan), f"{plan.review_on:%d.%m.%Y}"
    is_late = plan.review_on < today()
    text = f"Beredskabsplanen skal gennemgås senest {day}. Begynd et udkast, eller godkend den igen med en ny dato."
    if is_late:
        text = f"Beredskabsplanen skulle være gennemgået senest {day}. Den gælder stadig. Gennemgå den nu."
    for key, actor in actors_by_key(plan.area).items():
        if key in document.party_keys:
            once = f"plan-review:{plan.id}:{'late' if is_late else 'soon'}:{actor.id}"
            leads = key == document.review_leader
            notify(actor, text, about=f"plan:{plan.public_id}", key=once, without_police=False, send=leads)
